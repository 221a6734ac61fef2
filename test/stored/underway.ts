/** A site of which a run was killed and another one waits: everything that is under way, and what stays only for a while. */
import { writeAdopted } from "../../lib/state/adopted.ts";
import { takeChanges } from "../../lib/state/announcing.ts";
import { readHead } from "../../lib/state/head.ts";
import { killed, published } from "../state/damage/site.ts";
import { post, type World, world } from "../support/world.ts";

const YAML = `title: 半路 · Half way
url: https://example.org/
feeds: https://example.org/feeds/
since: 2021
language: en
languages: [en, zh]
limit: 3
archives: month
pages: false
kinds: { tags: true, categories: false, authors: false, languages: true, sections: false }
`;

const numbered = (n: number, words = `The words of ${n}.\n`): string =>
  post({ title: `No ${n}`, date: `2026-05-0${n}` }, words);

const WAITING = { title: "Waiting for its ids", date: "2026-04-01" };
const TAGGED = post({ title: "No 1", date: "2026-05-01", tags: "[passing]", updated: "2026-06-03" });

const CONTENT = {
  ...Object.fromEntries([1, 2, 3, 4].map((n) => [`posts/${n}.md`, numbered(n)])),
  "posts/water.md": post({ title: "Water", date: "2026-05-10", tags: "[water]", slug: "water" }, "In English.\n"),
  "posts/水.zh.md": post({ title: "水", date: "2026-05-11", tags: "[water]" }, "中文的**字。**\n"),
  "posts/adopted.md": post({ ...WAITING, draft: "true" }),
  "posts/later.md": post({ title: "Later", date: "2026-06-09" }, "Due on the ninth of June.\n"),
  "posts/secret.md": post({ title: "Secret", date: "2026-05-12", password: "spring" }),
  "posts/gone.md": post({ title: "Gone", date: "2026-05-13" }, "It is removed by force.\n"),
};

const ledgerOf = (...keys: readonly string[]) =>
  new Map(
    keys.map((key, i) => {
      const id = `https://old.example.org/?p=${i + 1}`;
      return [key, { key, ids: { rss: id, atom: id, json: id } }];
    }),
  );
const ADOPTED = ["posts/adopted.md", "posts/other.md"] as const;

const moment = (time: string): Date => new Date(`2026-06-0${time}:00Z`);

/**
 * The ids of one post wait in the catalog, those and another's in the head. A run was killed and its paths were put again, of which
 * two are no longer wanted; then another was killed. What changed waits in part with an announcer, in part in the head.
 */
export async function siteUnderWay(): Promise<World> {
  const site = await world(CONTENT, YAML);
  await writeAdopted(site.state, await readHead(site.state), ledgerOf(ADOPTED[0]), "former");
  await published(site, { run: "first", now: moment("1T12:00") });
  await site.remove("posts/gone.md");
  await site.write("posts/same.md", post({ title: "Same address", date: "2026-05-10", slug: "water" }, "It waits.\n"));
  await published(site, { run: "forced", now: moment("2T12:00"), force: true });
  const taking = { state: site.state, public: site.public, clock: site.clock, log: () => undefined };
  await takeChanges({ ...taking, by: "announcer", keeps: 1000 });
  await site.write("posts/1.md", TAGGED);
  await killed(site, { run: "killed-1", now: moment("2T13:00") });
  await site.write("posts/1.md", numbered(1, "Other words of 1.\n"));
  site.clock.advance(3_600_000);
  await published(site, { run: "second", now: moment("2T14:00") });
  await writeAdopted(site.state, await readHead(site.state), ledgerOf(...ADOPTED), "former-2");
  await site.write("posts/2.md", numbered(2, "Other words of 2.\n"));
  await killed(site, { run: "killed-2", now: moment("2T15:00") });
  await site.write("posts/adopted.md", post(WAITING));
  await site.write("posts/other.md", post({ title: "Another with ids", date: "2026-04-02" }));
  return site;
}
