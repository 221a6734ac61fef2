/** Edits by a model author, against the `updated` times in the feeds. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import { NOW, post, SITE, world } from "../support/world.ts";
import { asOfAnOlderVersion } from "./older.ts";

const DAY_MS = 86_400_000;

/** The state of a post; a change of `words`, `title` or `media` moves `updated`. */
interface Draft {
  readonly name: string;
  readonly words: number;
  readonly title: number;
  readonly media: number;
  readonly tags: number;
  readonly slug: number;
  readonly description: number;
  readonly category: number;
  readonly isMinor: boolean;
  readonly isBroken: boolean;
}

const KINDS = [
  "words",
  "title",
  "media",
  "tags",
  "slug",
  "description",
  "category",
  "minor",
  "rename",
  "break",
] as const;
const OF_SITE = ["domain", "permalink", "siteTitle", "renderer", "zone", "served", "rebuild", "nothing"] as const;

interface Step {
  readonly kind: (typeof KINDS)[number] | (typeof OF_SITE)[number];
  readonly at: number;
  /** Whether the run is given hints, where the step changes a post. */
  readonly isHinted: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(fc.constantFrom(...KINDS), fc.constantFrom(...OF_SITE)),
  at: fc.nat(1),
  isHinted: fc.boolean(),
});

const DATE = "2026-01-02T03:04:05Z";

const WITH_TEMPLATES = `${SITE}dialect: eleventy\n`;

/** The text contains the site's title and a relative picture: neither may move `updated`. */
const textOf = (draft: Draft): string =>
  draft.isBroken
    ? "---\ntitle: [\n---\n"
    : post(
        {
          title: `Title ${draft.title} of ${draft.name}`,
          date: DATE,
          tags: `[t${draft.tags}]`,
          slug: `${draft.name}-${draft.slug}`,
          description: `Description ${draft.description}`,
          categories: `[c${draft.category}]`,
          audio: `{ url: "a${draft.media}.mp3", length: 1000, type: audio/mpeg }`,
          ...present({ minor: draft.isMinor ? "true" : undefined }),
        },
        `Words ${draft.words} of ${draft.name} in {{ site.title }}. ![](picture.png) ![](/media/b.png)\n`,
      );

const fresh = (name: string): Draft => ({
  name,
  words: 0,
  title: 0,
  media: 0,
  tags: 0,
  slug: 0,
  description: 0,
  category: 0,
  isMinor: false,
  isBroken: false,
});

const SITES: { readonly [kind: string]: (yaml: string, n: number) => string } = {
  domain: (yaml, n) => yaml.replace(/^url: .*/m, `url: https://n${n}.example/`),
  permalink: (yaml, n) => `${yaml.replace(/^permalink: .*\n/m, "")}permalink: /p${n}/:title/\n`,
  siteTitle: (yaml, n) => yaml.replace(/^title: .*/m, `title: Notes ${n}`),
  served: (yaml, n) =>
    `${yaml.replace(/^(?:media|enclosurePrefix): .*\n/gm, "")}media: https://m${n}.example/\nenclosurePrefix: https://p${n}.example/\n`,
  zone: (yaml, n) => `${yaml.replace(/^timezone: .*\n/m, "")}timezone: Etc/GMT+${n % 12}\n`,
};

async function takeSteps(steps: readonly Step[]): Promise<void> {
  const drafts = [fresh("a"), fresh("b")];
  const keys = ["posts/a.md", "posts/b.md"];
  const site = await world({}, WITH_TEMPLATES);
  for (const [i, draft] of drafts.entries()) await site.write(keys[i] ?? "", textOf(draft));
  await site.publish();
  const updated = [DATE, DATE];
  /** What each post was when it was last readable. */
  const lastRead = [...drafts];
  let yaml = WITH_TEMPLATES;
  let latest = DATE;
  for (const [n, { kind, at, isHinted }] of steps.entries()) {
    const now = new Date(NOW.getTime() + (n + 1) * DAY_MS);
    const draft = drafts[at] ?? fresh("");
    const key = keys[at] ?? "";
    let hints: readonly string[] | undefined;
    const change = async (next: Draft, to = key) => {
      drafts[at] = next;
      keys[at] = to;
      if (to !== key) await site.remove(key);
      await site.write(to, textOf(next));
      hints = [key, to];
    };
    // A broken file cannot be matched with an entry of the feeds.
    const rebuild = kind === "rebuild" && !drafts.some(({ isBroken }) => isBroken);
    if (rebuild) for (const lost of Object.keys(await site.dump(site.state))) await site.state.delete(lost);
    if (kind === "renderer") await asOfAnOlderVersion(site);
    else if (kind === "minor") await change({ ...draft, words: n + 1, isMinor: true, isBroken: false });
    else if (kind === "break") await change({ ...draft, isBroken: true });
    else if (kind === "rename") {
      if (!draft.isBroken) await change({ ...draft, isMinor: false }, `posts/${draft.name}${n}.md`);
    } else if (kind in SITES) {
      yaml = SITES[kind]?.(yaml, n + 1) ?? yaml;
      await site.write("site.yaml", yaml);
    } else if (kind !== "nothing" && kind !== "rebuild")
      await change({ ...draft, [kind]: n + 1, isMinor: false, isBroken: false });
    await site.publish({ now, force: true, rebuild, hints: isHinted ? hints : undefined });

    for (const [i, next] of drafts.entries()) {
      const former = lastRead[i];
      if (next.isBroken || !former) continue;
      const isRewritten = next.words !== former.words || next.title !== former.title || next.media !== former.media;
      if (isRewritten && !next.isMinor) updated[i] = now.toISOString().replace(".000Z", "Z");
      lastRead[i] = next;
    }
    latest = [latest, ...updated].toSorted().at(-1) ?? latest;
    const items: { content_html: string; date_modified: string }[] = JSON.parse(await site.read("feed.json")).items;
    const updatedInFeed = items.map(({ content_html, date_modified }) => [
      / of (\w)/.exec(content_html)?.[1],
      date_modified,
    ]);
    expect(Object.fromEntries(updatedInFeed)).toEqual({ a: updated[0], b: updated[1] });
    const atom = await site.read("atom.xml");
    expect(/^ {4}<updated>(.*)<\/updated>$/m.exec(atom)?.[1]).toBe(latest);
  }
}

const each = (kind: Step["kind"], isHinted = false): Step => ({ kind, at: 0, isHinted });

/** The latest entry of a feed is removed without a tombstone: the feed's `updated` stays. */
async function removeTheLatest(): Promise<void> {
  const posts = { "posts/a.md": textOf(fresh("a")), "posts/b.md": textOf(fresh("b")) };
  const site = await world(posts, `${WITH_TEMPLATES}tombstones: 0\n`);
  await site.publish();
  await site.write("posts/b.md", textOf({ ...fresh("b"), words: 1 }));
  await site.publish();
  const updated = async () => /^ {4}<updated>(.*)<\/updated>$/m.exec(await site.read("atom.xml"))?.[1];
  expect(await updated()).toBe("2026-06-01T12:00:00Z");
  await site.remove("posts/b.md");
  await site.publish({ now: new Date(NOW.getTime() + DAY_MS), force: true });
  expect(await updated()).toBe("2026-06-01T12:00:00Z");
}

test("`updated` moves when what the author wrote moves, and only then: not on a rebuild, a domain change, or a renderer upgrade.", async () => {
  await removeTheLatest();
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), takeSteps), {
    numRuns: 80,
    examples: [
      [OF_SITE.map((kind) => each(kind))],
      [[each("words"), each("rebuild"), each("minor"), each("rename"), each("rebuild"), each("title")]],
      [KINDS.map((kind) => each(kind))],
      [KINDS.map((kind) => each(kind, true))],
      [[each("break"), each("domain"), each("tags"), each("renderer"), each("rename"), each("media"), each("title")]],
    ],
  });
});
