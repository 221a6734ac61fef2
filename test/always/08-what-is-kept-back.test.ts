/** What is kept back is in no document, however it is said and in whatever form of front matter. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LEASE_MS } from "../../lib/state/lease.ts";
import type { Store } from "../../lib/stores/store.ts";
import { SITE as FEW_CHANNELS, testClock, WHOLE_SITE, type World, world } from "../support/world.ts";

type Front = readonly (readonly [key: string, value: string | boolean])[];

/** Each way to keep a post back. */
const WAYS: readonly Front[] = [
  [["draft", true]],
  [["draft", "yes"]],
  [["draft", "maybe"]],
  [["published", false]],
  [["publish", "no"]],
  [["hidden", "on"]],
  [["unlisted", true]],
  [["private", "1"]],
  [["feed", false]],
  [["rss", "off"]],
  [["status", "Draft"]],
  [["visibility", "private"]],
  [["password", "open sesame"]],
  [["encrypted", true]],
  [["headless", true]],
  [["is-draft", true]],
  [["is_draft", "true"]],
  [["post_status", "draft"]],
  [["post-password", "open sesame"]],
  [["visibility", "friends"]],
  [["date", "2031-01-01"]],
  [["publishDate", "2031-01-01T00:00:00+08:00"]],
  [["expiryDate", "2026-01-03"]],
  [["tags", "Not For Feeds"]],
];

/** A base of YAML that says all of it, for the post to merge. */
const inBase = (front: Front) => `base: &base\n${front.map(([key, value]) => `  ${key}: ${value}`).join("\n")}`;

const plainly = (front: Front) => `---\n${front.map(([key, value]) => `${key}: ${value}`).join("\n")}\n---\n`;

const FORMS: readonly ((front: Front) => string)[] = [
  plainly,
  (front) => `---\n${front.map(([key, value]) => `"${key}": "${value}"`).join("\n")}\n...\n`,
  (front) => `${front.map(([key, value]) => `${key}: ${value}`).join("\r\n")}\r\n---\r\n`,
  (front) => `---\n${front.map(([key, value]) => `'${key}': '${value}'`).join("\n")}\n---\n`,
  (front) => `---\n${inBase(front)}\nother: &other { x: y }\n<<: *other\n<<: *base\n---\n`,
  (front) => `---\n${inBase(front)}\nnested: &nested { <<: *base }\n<<: [*nested]\n---\n`,
  (front) => `+++\n${front.map(([key, value]) => `${key} = ${JSON.stringify(value)}`).join("\n")}\n+++\n`,
  (front) => `${JSON.stringify(Object.fromEntries(front), null, 2)}\n`,
  (front) => `${front.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(",\n")}\n;;;\n`,
];

const KEYS: readonly ((name: string) => string)[] = [
  (name) => `posts/${name}.md`,
  (name) => `posts/2024-1-5-${name}.markdown`,
  (name) => `posts/${name}/index.mdx`,
];
const ASIDE: readonly ((name: string) => string)[] = [
  (name) => `posts/_drafts/${name}.md`,
  (name) => `posts/.trash/${name}.md`,
  (name) => `posts/_${name}.md`,
];

interface APost {
  /** How it is kept back; nothing: it is not. */
  readonly way: Front | null;
  readonly form: (front: Front) => string;
  readonly key: (name: string) => string;
  readonly aside: ((name: string) => string) | null;
  readonly upper: boolean;
}

const aPost: fc.Arbitrary<APost> = fc.record({
  way: fc.option(fc.constantFrom(...WAYS)),
  form: fc.constantFrom(...FORMS),
  key: fc.constantFrom(...KEYS),
  aside: fc.option(fc.constantFrom(...ASIDE), { freq: 4 }),
  upper: fc.boolean(),
});

/** Every kind of channel, pages and archives; of what went nothing is told. */
/** No channels but tags, no pages. */
const FEEDS = `${FEW_CHANNELS}tombstones: 0\nlimit: 20\nexclude: { tags: [not-for-feeds] }\n`;

const SITE = `${WHOLE_SITE}exclude: { tags: [not-for-feeds] }\ntombstones: 0\n`;

interface Written {
  readonly site: World;
  /** Words that belong in documents, and words that do not. */
  readonly seen: string[];
  readonly kept: string[];
}

const usual = (name: string): Front => [
  ["title", `Title ${name}`],
  ["date", "2026-01-02"],
  ["tags", `tag-${name}`],
  ["category", `category-${name}`],
  ["author", `author-${name}`],
];

/** Every word of a post has its name in it. */
function textOf(name: string, { way, form, upper }: Pick<APost, "way" | "form" | "upper">): string {
  const said = (way ?? []).map(([each, value]) => [upper ? each.toUpperCase() : each, value] as const);
  const given = new Set(said.map(([each]) => each.toLowerCase()));
  const front = [...usual(name).filter(([each]) => !given.has(each)), ...said];
  return `${form(front)}\nThe text of ${name}.\n`;
}

async function expectKept({ site, seen, kept }: Written): Promise<void> {
  const documents = await site.dump(site.public);
  for (const [path, text] of Object.entries(documents)) {
    for (const name of kept)
      expect({ path, name, told: `${path}\n${text}`.includes(name) }).toMatchObject({ told: false });
  }
  for (const name of seen) {
    expect(documents["rss.xml"]).toContain(`The text of ${name}.`);
    for (const path of ["index.html", "feeds.opml", `tags/tag-${name}/index.html`])
      expect(documents[path]).toContain(name);
    expect(documents["archive/2026-01/atom.xml"]).toContain(name);
  }
}

/** At once, and again after readers had all of them: a post that is taken back leaves every document. */
async function keepBack(posts: readonly APost[], wasSeen: boolean): Promise<void> {
  const site = await world({}, SITE);
  const names = posts.map((_, i) => `word${i}x`);
  if (wasSeen) {
    for (const [i, { key }] of posts.entries()) {
      await site.write(key(names[i] ?? ""), textOf(names[i] ?? "", { way: null, form: plainly, upper: false }));
    }
    await site.publish();
    await expectKept({ site, seen: names, kept: [] });
  }
  const seen: string[] = [];
  const kept: string[] = [];
  for (const [i, each] of posts.entries()) {
    const name = names[i] ?? "";
    await site.remove(each.key(name));
    await site.write((each.aside ?? each.key)(name), textOf(name, each));
    (each.way || each.aside ? kept : seen).push(name);
  }
  const report = await site.publish({ force: true });
  expect(report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(report.records.public).toBe(seen.length);
  await expectKept({ site, seen, kept });
  // Whatever an edit of another makes move up.
  await site.write("posts/other.md", textOf("other", { way: null, form: plainly, upper: false }));
  await site.publish({ hints: ["posts/other.md"], force: true });
  await expectKept({ site, seen: [...seen, "other"], kept });
}

/** Its time comes, or goes by, without an edit. */
async function keepTime(): Promise<void> {
  const front = (name: string, way: Front) => textOf(name, { way, form: plainly, upper: false });
  const site = await world(
    {
      "posts/a.md": front("soonx", [["date", "2026-06-02T00:00:00Z"]]),
      "posts/b.md": front("overx", [["expires", "2026-06-02T00:00:00Z"]]),
      "posts/c.md": front("brokex", [["expires", "2026-06-02T00:00:00Z"]]),
    },
    SITE.replace("exclude", "archives: day\nexclude"),
  );
  const look = async (now: string) => {
    await site.publish({ now: new Date(now), hints: [], force: true });
    const all = JSON.stringify(await site.dump(site.public));
    return { early: all.includes("soonx"), late: all.includes("overx"), broken: all.includes("brokex") };
  };
  expect(await look("2026-06-01T12:00:00Z")).toEqual({ early: false, late: true, broken: true });
  // Whose last good entry stays, as long as it would have.
  await site.write("posts/c.md", "---\ntitle: [\n---\n");
  await site.publish({ now: new Date("2026-06-01T13:00:00Z"), hints: ["posts/c.md"] });
  expect(await look("2026-06-01T23:59:59Z")).toEqual({ early: false, late: true, broken: true });
  expect(await look("2026-06-02T00:00:00Z")).toEqual({ early: true, late: false, broken: false });
}

/** A post that no document needed yet becomes a draft without a trigger, and another's going makes it move up. */
async function keepUnrendered(): Promise<void> {
  const site = await world(
    {
      "posts/a.md": textOf("firstx", { way: [["date", "2026-01-03"]], form: plainly, upper: false }),
      "posts/b.md": textOf("secondx", { way: null, form: plainly, upper: false }),
      "posts/c.md": textOf("thirdx", { way: [["date", "2026-01-01"]], form: plainly, upper: false }),
    },
    FEEDS.replace("limit: 20", "limit: 1").replace("kinds: {", "kinds: { tags: false,"),
  );
  await site.publish();
  await site.write("posts/b.md", textOf("secondx", { way: [["draft", true]], form: plainly, upper: false }));
  await site.remove("posts/a.md");
  await site.publish({ hints: ["posts/a.md"], force: true });
  const feed = await site.read("rss.xml");
  expect([feed.includes("secondx"), feed.includes("thirdx")]).toEqual([false, true]);
}

/** What every operation of a run is told before it takes place. */
const watched = (store: Store, watch: (operation: string, key: string) => Promise<void>): Store => ({
  ...store,
  async *list(prefix) {
    await watch("list", prefix);
    yield* store.list(prefix);
  },
  get: (key, known) => watch("get", key).then(() => store.get(key, known)),
  put: (key, body, options) => watch("put", key).then(() => store.put(key, body, options)),
  delete: (key) => watch("delete", key).then(() => store.delete(key)),
});

/** Until a run has leased the head, each operation may be the one before which the author takes a post back. */
async function keepWhatMoves(how: (site: World) => Promise<void>): Promise<void> {
  let isBefore = true;
  for (let n = 0; isBefore; n++) {
    const site = await world(
      {
        "posts/a.md": textOf("stays", { way: null, form: plainly, upper: false }),
        "posts/b.md": textOf("goesx", { way: null, form: plainly, upper: false }),
      },
      FEEDS,
    );
    let left = n;
    let isLeased = false;
    const watch = async (operation: string, key: string) => {
      if (left-- === 0) {
        isBefore = !isLeased;
        if (isBefore) await how(site);
      }
      isLeased ||= operation === "put" && key === "head.json";
    };
    const stores = { content: watched(site.content, watch), public: watched(site.public, watch) };
    await site.publish({ ...stores, state: watched(site.state, watch) });
    const documents = JSON.stringify(await site.dump(site.public));
    expect({ n, stays: documents.includes("stays"), goes: documents.includes("goesx") }).toEqual({
      ...{ n, stays: true, goes: !isBefore },
    });
  }
}

/** A writer stops for longer than its lease holds. Meanwhile the post is taken back, and another run says so. */
async function keepFromWhoOverslept(): Promise<void> {
  const draft = textOf("goesx", { way: [["draft", true]], form: plainly, upper: false });
  let isOver = false;
  for (let n = 0; !isOver; n++) {
    const site = await world({ "posts/a.md": textOf("stays", { way: null, form: plainly, upper: false }) }, FEEDS);
    await site.publish();
    await site.write("posts/b.md", textOf("goesx", { way: [["tags", "tag-stays"]], form: plainly, upper: false }));
    let left = n;
    let isBack = false;
    const watch = async () => {
      if (left-- !== 0) {
        if (isBack) expect(JSON.stringify(await site.dump(site.public))).not.toContain("goesx");
        return;
      }
      await site.write("posts/b.md", draft);
      // So that every document is another one: a store cannot tell a late write over what is there again.
      await site.write("posts/a.md", textOf("stays", { way: [["title", "Edited"]], form: plainly, upper: false }));
      site.clock.advance(LEASE_MS + 1);
      await site.publish();
      isBack = true;
    };
    const stores = { content: watched(site.content, watch), public: watched(site.public, watch) };
    // A clock that overslept as well does not say that the lease ran out.
    await site.publish({ ...stores, state: watched(site.state, watch), ...(n % 2 === 0 && { clock: testClock() }) });
    isOver = left >= 0;
    if (!isOver) expect(JSON.stringify(await site.dump(site.public))).not.toContain("goesx");
  }
}

test("Drafts, hidden, future, expired and password-protected posts are in no document: not in a feed, an archive, a page or an OPML.", async () => {
  for (const wasSeen of [false, true]) {
    const one = { form: plainly, key: KEYS[0] ?? String, aside: null, upper: false };
    const all = WAYS.map((way): APost => ({ ...one, way }));
    for (let at = 0; at < all.length; at += 6)
      await keepBack([...all.slice(at, at + 6), { ...one, way: null }], wasSeen);
  }
  await keepTime();
  await keepUnrendered();
  await keepWhatMoves((site) =>
    site.write("posts/b.md", textOf("goesx", { way: [["draft", true]], form: plainly, upper: false })),
  );
  await keepWhatMoves((site) => site.write("site.yaml", FEEDS.replace("[not-for-feeds]", "[tag-goesx]")));
  await keepFromWhoOverslept();
  await fc.assert(fc.asyncProperty(fc.array(aPost, { minLength: 1, maxLength: 6 }), fc.boolean(), keepBack), {
    numRuns: 50,
  });
});
