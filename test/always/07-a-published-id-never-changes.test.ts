/** Whatever an author, the owner or a new version does, a post keeps one id, and no other post gets it. */
import fc from "fast-check";
import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { expect, test } from "vitest";
import { encodeLedger } from "../../lib/adopt/ledger.ts";
import { IDS_KEY } from "../../lib/base/problems.ts";
import { renewedIds } from "../../lib/publish/idsdiffer.ts";
import { knownLedger, writeAdopted } from "../../lib/state/adopted.ts";
import { readHead } from "../../lib/state/head.ts";
import { author, type Change, change, shown } from "../support/author.ts";
import { first, type Step as HistoryStep, step, takeHistory } from "../support/histories.ts";
import { memoryStores, post, SITE, type World, world, worldOn } from "../support/world.ts";
import { asOfAnOlderVersion } from "./older.ts";

/** A change by the owner or by a new version between two runs. */
type SiteChange = { readonly kind: "domain" | "since" | "permalink" | "title" | "renderer" | "slugs" | "rebuild" };
type Step = Change | SiteChange;

const siteChange: fc.Arbitrary<SiteChange> = fc.record({
  kind: fc.constantFrom("domain", "since", "permalink", "title", "renderer", "slugs", "rebuild"),
});

/** RSS, Atom and JSON Feed give the same entries the same ids. */
async function expectOneIdInEveryFormat(site: World): Promise<void> {
  const json = (await shown(site)).map(({ id }) => id);
  const rss = parseRssFeed(await site.read("rss.xml")).items?.map(({ guid }) => guid?.value) ?? [];
  const atom = parseAtomFeed(await site.read("atom.xml")).entries?.map(({ id }) => id) ?? [];
  expect({ rss, atom }).toEqual({ rss: json, atom: json });
}

/** The id of the site's feed, which must stay as well. */
const feedId = async (site: World) => parseAtomFeed(await site.read("atom.xml")).id;

const DOMAINS = ["https://example.com/", "https://example.org/blog/", "https://滴灌.example/"];

/** Each step is followed by a run, and each run by a look at every id. */
async function takeSteps(steps: readonly Step[]): Promise<void> {
  const site = await world();
  const writer = author(site);
  const publishedIds = new Map<number, string>();
  await site.publish(); // the first run fixes the domain and year of all ids
  let yaml = SITE;
  let domain = 0;
  let since = 2020;
  let slugs = 0;
  const expectSameIds = async () => {
    const items = await shown(site);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(new Set(items.map(({ uid }) => uid)).size).toBe(items.length);
    for (const { id, uid } of items) {
      expect(publishedIds.get(uid) ?? id).toBe(id);
      publishedIds.set(uid, id);
    }
    await expectOneIdInEveryFormat(site);
    expect(await feedId(site)).toBe("tag:example.com,2020:feeds:site");
  };
  for (const step of steps) {
    if ("triggers" in step) {
      const keys = await writer.change(step);
      for (const trigger of step.triggers) {
        const key = keys[trigger];
        if (key === undefined) continue;
        await site.publish({ hints: [key], force: true });
        await expectSameIds();
      }
      writer.seen(keys);
      continue;
    }
    if (step.kind === "rebuild") {
      // A rebuild reads ids from feeds, which lack held-back posts; and a broken file cannot be matched.
      if ([...writer.files.values()].some(({ isHidden, isBroken }) => isHidden || isBroken)) continue;
      for (const key of Object.keys(await site.dump(site.state))) await site.state.delete(key);
      expect((await site.publish({ rebuild: true, force: true })).refused).toBeUndefined();
      await expectSameIds();
      continue;
    }
    if (step.kind === "renderer") await asOfAnOlderVersion(site);
    else if (step.kind === "slugs") {
      slugs += 1;
      for (const [key, { isBroken }] of writer.files) {
        const text = (await site.dump(site.content))[key] ?? "";
        const given = text.replace(/^slug: .*\n/m, "").replace("---\n", `---\nslug: s${slugs}-${key.charAt(6)}\n`);
        if (!isBroken) await site.write(key, given);
      }
    } else {
      if (step.kind === "domain") yaml = yaml.replace(/^url: .*/m, `url: ${DOMAINS[++domain % DOMAINS.length]}`);
      if (step.kind === "since") yaml = yaml.replace(/^since: .*/m, `since: ${++since}`);
      if (step.kind === "permalink") yaml += yaml.includes("permalink:") ? "" : "permalink: /p/:year/:title/\n";
      if (step.kind === "title") yaml = yaml.replace(/^title: .*/m, `title: Notes ${since}${domain}`);
      await site.write("site.yaml", yaml);
    }
    await site.publish({ force: true });
    await expectSameIds();
  }
  await site.publish({ force: true });
  await expectSameIds();
  const uids = new Set((await shown(site)).map(({ uid }) => uid));
  const good = [...writer.files.values()].filter(({ isHidden, isBroken }) => !isHidden && !isBroken);
  expect(good.filter(({ uid }) => !uids.has(uid))).toEqual([]);
  await loseTheStores(site, publishedIds);
}

/** Only the content is left, with the file of ids in it; then that is damaged, or merged so that two lines contradict each other. */
async function loseTheStores(site: World, publishedIds: ReadonlyMap<number, string>): Promise<void> {
  const before = await shown(site);
  const { records, gone } = await site.catalog();
  const broken = new Set(records.filter(({ state }) => state === "broken").map(({ key }) => key));
  const known = knownLedger(await site.catalog(), new Map());
  const file = encodeLedger(renewedIds(new Map(), known, gone).values());
  const showElsewhere = async (ids: string) => {
    await site.write(IDS_KEY, ids);
    const elsewhere = worldOn({ ...memoryStores(), content: site.content });
    await elsewhere.publish({ force: true });
    return shown(elsewhere);
  };
  const unread = [...broken].map((key) => known.get(key)?.id);
  const expected = before.filter(({ id }) => !unread.includes(id));
  expect((await showElsewhere(file)).toSorted(byUid)).toEqual(expected.toSorted(byUid));
  const [head = "", ...lines] = file.split("\n");
  const others = [...known.keys()].map((key, i) => JSON.stringify({ key, id: `urn:another:${i}` }));
  const merged = [head, ...others.slice(0, 2), ...lines].join("\n");
  for (const damaged of [file.slice(0, -4), merged])
    for (const { id, uid } of await showElsewhere(damaged)) expect(publishedIds.get(uid)).toBe(id);
}

const byUid = (a: { readonly uid: number }, b: { readonly uid: number }) => a.uid - b.uid;

const bothTriggers = { triggers: [0, 1] };
const write = (at: number): Step => ({ kind: "write", at, ...bothTriggers });
const rename = (at: number, to: number): Step => ({ kind: "rename", at, to, ...bothTriggers });
const hide = (at: number): Step => ({ kind: "hide", at, ...bothTriggers });
const edit = (at: number): Step => ({ kind: "edit", at, ...bothTriggers });

/** A file is renamed and edited at once: only its title and date, its address, or its text stays. */
async function renameAndEdit(): Promise<void> {
  for (const hints of [undefined, ["posts/b.md"], ["posts/a.md"]]) {
    for (const [front, words] of [
      [{ title: "A long walk" }, "Some better words.\n"],
      [{ title: "Another", slug: "a" }, "Some better words.\n"],
      [{ title: "A long walk", date: "2026-02-03" }, "Some words.\n"],
    ] as const) {
      const site = await world({
        "posts/a.md": post({ title: "A long walk" }, "Some words.\n"),
        "posts/z.md": post({ title: "Other" }),
      });
      await site.publish();
      await site.remove("posts/a.md");
      await site.write("posts/b.md", post(front, words));
      await site.publish({ hints });
      await site.publish();
      const items: { id: string }[] = JSON.parse(await site.read("feed.json")).items;
      expect(items.map(({ id }) => id).toSorted()).toEqual([
        "tag:example.com,2020:posts/a",
        "tag:example.com,2020:posts/z",
      ]);
    }
  }
}

/** Two files swap their names. */
async function swapFiles(): Promise<void> {
  const [one, other] = [post({ title: "One" }, "One.\n"), post({ title: "Other" }, "Other.\n")];
  const site = await world({ "posts/a.md": one, "posts/b.md": other });
  await site.publish();
  const idOf = async () => {
    const items: { title: string; id: string }[] = JSON.parse(await site.read("feed.json")).items;
    return Object.fromEntries(items.map(({ title, id }) => [title, id]));
  };
  const before = await idOf();
  await site.write("posts/a.md", other);
  await site.write("posts/b.md", one);
  await site.publish();
  expect(await idOf()).toEqual(before);
}

/** The head is damaged, or the catalog that it names, while posts are hidden, and files renamed and edited. */
async function damageTheLedger(): Promise<void> {
  const site = await world({
    "posts/a.md": post({ title: "A" }, "Words of a.\n"),
    "posts/b.md": post({ title: "B", date: "2026-02-02" }, "Words of b.\n"),
    "posts/former.md": post({ title: "Former", draft: "true" }, "Former words.\n"),
  });
  const former = { rss: "urn:x-old:1", atom: "urn:x-old:1", json: "urn:x-old:1" };
  const ledger = new Map([["posts/former.md", { key: "posts/former.md", ids: former }]]);
  await site.publish();
  await site.remove("posts/a.md");
  await site.write("posts/renamed.md", post({ title: "A" }, "Words of a.\n"));
  await site.publish();
  const before = new Map((await shownTitles(site)).map(([title, id]) => [title, id]));
  await site.write("posts/renamed.md", post({ title: "A", draft: "true" }, "Words of a.\n"));
  await site.publish();
  for (const what of ["catalog", "head"]) {
    if (what === "head") await writeAdopted(site.state, await readHead(site.state), ledger, "former");
    const { catalog = "" } = await site.head();
    await site.state.put(what === "head" ? "head.json" : catalog, new TextEncoder().encode("?"), {
      contentType: "text/plain",
    });
    await expect(site.publish()).rejects.toThrow("dripfeed publish --rebuild");
    expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
  }
  await site.write("posts/renamed.md", post({ title: "A" }, "Words of a.\n"));
  await site.write("posts/former.md", post({ title: "Former" }, "Former words.\n"));
  await site.publish();
  expect(new Map(await shownTitles(site))).toEqual(new Map([...before, ["Former", "urn:x-old:1"]]));
}

async function shownTitles(site: World): Promise<readonly (readonly [title: string, id: string])[]> {
  const items: { title: string; id: string }[] = JSON.parse(await site.read("feed.json")).items;
  return items.map(({ title, id }) => [title, id]);
}

test("A published id never changes: not when the file is renamed, the slug or the domain changes, the renderer is upgraded, or the catalog is rebuilt from the feeds.", async () => {
  await renameAndEdit();
  await swapFiles();
  await damageTheLedger();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 3, arbitrary: change }, siteChange), { minLength: 1, maxLength: 12 }),
      takeSteps,
    ),
    {
      numRuns: 80,
      examples: [
        [[write(0), write(1), rename(0, 2), { kind: "slugs" }, { kind: "domain" }, rename(2, 0), write(3)]],
        [[write(0), rename(0, 1), write(0), { kind: "domain" }, { kind: "rebuild" }, rename(1, 2), edit(0), write(1)]],
        [[write(0), write(1), { kind: "remove", at: 0, ...bothTriggers }, { kind: "rebuild" }, write(0), rename(1, 0)]],
        [[write(0), rename(0, 1), write(0), rename(0, 2), write(0)]],
        [[write(0), hide(0), rename(0, 1), hide(1)]],
        // Another post has the address of one that is held back, and its line in the file of ids is cut.
        [[write(1), hide(1), { kind: "replace", at: 1, to: 0, ...bothTriggers }]],
        [[write(0), { kind: "replace", at: 0, to: 1, ...bothTriggers }, rename(1, 2)]],
        [[write(0), { kind: "replace by half", at: 0, to: 1, ...bothTriggers }, write(0)]],
        [[write(0), { kind: "renderer" }, rename(0, 1), write(0), rename(1, 2), rename(0, 1)]],
        [[write(0), write(1), { kind: "since" }, { kind: "permalink" }, edit(0), rename(0, 3)]],
      ],
    },
  );
  const words = ["title", "words"] as const;
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), takeHistory), {
    numRuns: 100,
    examples: [
      // Kept back, rewritten, renamed, shown.
      ...(["draft", "hidden", "password", "expired", "yaml", "fence", "byte"] as const).map(
        (cover): [HistoryStep[]] => [[first(cover), first(cover, words), first(cover, ["key"], 3), first("none")]],
      ),
      [[first("draft"), first("draft", ["words", "date"]), first("none", ["title", "key"], 3)]],
      [[first("none", ["key"], 6), first("none", words), first("none", ["key"], 3)]],
      [[first("draft"), first("draft", words), first("removed"), first("none", ["date", "key"], 3)]],
      [[first("yaml", ["title", "key"], 3), first("yaml", words), first("none", ["words", "key"], 4)]],
      [[{ ...first("none", ["title", "key"], 3), triggers: "reversed" }]],
      [[first("draft"), first("draft", words), { ...first("none", ["date", "key"], 3), triggers: "reversed" }]],
    ],
  });
});
