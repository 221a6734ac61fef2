/** Posts that are held back are in no document, for every setting and in every form of front matter. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LEASE_MS } from "../../lib/state/lease.ts";
import type { Store } from "../../lib/stores/store.ts";
import { SITE as FEW_CHANNELS, testClock, WHOLE_SITE, type World, world } from "../support/world.ts";

type Front = readonly (readonly [key: string, value: string | boolean])[];

/** Each way to hold a post back. */
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
  [["hide_from_feed", true]],
  [["excludeFromRSS", true]],
  [["isPublished", false]],
  [["visible", "no"]],
  [["is-draft", true]],
  [["is_draft", "true"]],
  [["post_status", "draft"]],
  [["post-password", "open sesame"]],
  [["draf", true]],
  [["pasword", "open sesame"]],
  [["visibility", "friends"]],
  [["date", "2031-01-01"]],
  [["publishDate", "2031-01-01T00:00:00+08:00"]],
  [["expiryDate", "2026-01-03"]],
  [["tags", "Not For Feeds"]],
];

/** A YAML anchor with all fields, for the post to merge. */
const asAnchor = (front: Front) => `base: &base\n${front.map(([key, value]) => `  ${key}: ${value}`).join("\n")}`;

const asYaml = (front: Front) => `---\n${front.map(([key, value]) => `${key}: ${value}`).join("\n")}\n---\n`;

const FORMS: readonly ((front: Front) => string)[] = [
  asYaml,
  (front) => `---\n${front.map(([key, value]) => `"${key}": "${value}"`).join("\n")}\n...\n`,
  (front) => `${front.map(([key, value]) => `${key}: ${value}`).join("\r\n")}\r\n---\r\n`,
  (front) => `---\n${front.map(([key, value]) => `'${key}': '${value}'`).join("\n")}\n---\n`,
  (front) => `---\n${asAnchor(front)}\nother: &other { x: y }\n<<: *other\n<<: *base\n---\n`,
  (front) => `---\n${asAnchor(front)}\nnested: &nested { <<: *base }\n<<: [*nested]\n---\n`,
  (front) => `+++\n${front.map(([key, value]) => `${key} = ${JSON.stringify(value)}`).join("\n")}\n+++\n`,
  (front) => `${JSON.stringify(Object.fromEntries(front), null, 2)}\n`,
  (front) => `${front.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(",\n")}\n;;;\n`,
];

const KEYS: readonly ((name: string) => string)[] = [
  (name) => `posts/${name}.md`,
  (name) => `posts/2024-1-5-${name}.markdown`,
  (name) => `posts/${name}/index.mdx`,
];
/** Folders and names whose files are never published; of the last two folders by what is said of them. */
const HIDDEN_KEYS: readonly ((name: string) => string)[] = [
  (name) => `posts/_drafts/${name}.md`,
  (name) => `posts/.trash/${name}.md`,
  (name) => `posts/.${name}.md`,
  (name) => `posts/kept/${name}.md`,
  (name) => `posts/below/cascade/${name}.md`,
];
const BESIDE = { "posts/below/_index.md": "---\ntitle: Below\ncascade: { _build: { list: never } }\n---\n" };

interface APost {
  /** The setting that holds it back; null when it is public. */
  readonly way: Front | null;
  readonly form: (front: Front) => string;
  readonly key: (name: string) => string;
  /** Set when its file is hidden by its name. */
  readonly hiddenKey: ((name: string) => string) | null;
  /** Whether the names of these fields are in upper case. */
  readonly upper: boolean;
}

const aPost: fc.Arbitrary<APost> = fc.record({
  way: fc.option(fc.constantFrom(...WAYS)),
  form: fc.constantFrom(...FORMS),
  key: fc.constantFrom(...KEYS),
  hiddenKey: fc.option(fc.constantFrom(...HIDDEN_KEYS), { freq: 4 }),
  upper: fc.boolean(),
});

/** No channels but tags, no pages. */
const FEEDS = `${FEW_CHANNELS}tombstones: 0\nlimit: 20\nexclude: { tags: [not-for-feeds] }\n`;

/** Every kind of channel, pages and archives, and no tombstones. */
const SITE = `${WHOLE_SITE}dialect: hugo
posts: ["posts/**"]
exclude: { tags: [not-for-feeds] }
defaults: [{ paths: [posts/kept], values: { draft: true } }]
tombstones: 0
`;

interface Written {
  readonly site: World;
  /** Names of posts that belong in documents, and of posts that do not. */
  readonly published: string[];
  readonly heldBack: string[];
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
  const settings = (way ?? []).map(([each, value]) => [upper ? each.toUpperCase() : each, value] as const);
  const given = new Set(settings.map(([each]) => each.toLowerCase()));
  const front = [...usual(name).filter(([each]) => !given.has(each)), ...settings];
  return `${form(front)}\nThe text of ${name}.\n`;
}

async function expectHeldBack({ site, published, heldBack }: Written): Promise<void> {
  const documents = await site.dump(site.public);
  for (const [path, text] of Object.entries(documents)) {
    for (const name of heldBack)
      expect({ path, name, isShown: `${path}\n${text}`.includes(name) }).toMatchObject({ isShown: false });
  }
  for (const name of published) {
    expect(documents["rss.xml"]).toContain(`The text of ${name}.`);
    for (const path of ["index.html", "feeds.opml", `tags/tag-${name}/index.html`])
      expect(documents[path]).toContain(name);
    expect(documents["archive/2026-01/atom.xml"]).toContain(name);
  }
}

/** Posts that are held back from the beginning, or after all of them were published. */
async function holdBack(posts: readonly APost[], wasPublished: boolean): Promise<void> {
  const site = await world(BESIDE, SITE);
  const names = posts.map((_, i) => `word${i}x`);
  if (wasPublished) {
    for (const [i, { key }] of posts.entries()) {
      await site.write(key(names[i] ?? ""), textOf(names[i] ?? "", { way: null, form: asYaml, upper: false }));
    }
    await site.publish();
    await expectHeldBack({ site, published: names, heldBack: [] });
  }
  const published: string[] = [];
  const heldBack: string[] = [];
  const keys = posts.map(({ hiddenKey, key }, i) => (hiddenKey ?? key)(names[i] ?? ""));
  for (const [i, each] of posts.entries()) {
    const name = names[i] ?? "";
    await site.remove(each.key(name));
    await site.write(keys[i] ?? "", textOf(name, each));
    (each.way || each.hiddenKey ? heldBack : published).push(name);
  }
  const report = await site.publish({ force: true });
  expect(report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(report.records.public).toBe(published.length);
  await expectHeldBack({ site, published, heldBack });
  // An edit of another post renders documents again and moves entries in windows; and it may include these files, and link to them.
  const includes = keys
    .map(
      (key) =>
        `\n<!-- @include: @/${key} -->\n\n{{< readfile "/${key}" >}}\n\n{{% include "../${key}" %}}\n\n[see]({{< ref "/${key}" >}}) and [see](/${key})\n`,
    )
    .join("");
  await site.write("posts/other.md", `${textOf("other", { way: null, form: asYaml, upper: false })}${includes}`);
  await site.publish({ hints: ["posts/other.md"], force: true });
  await expectHeldBack({ site, published: [...published, "other"], heldBack });
}

/** Each makes a file that cannot be read any more. */
const BREAKAGES: readonly ((text: string) => string)[] = [
  (text) => text.replace("\n", "\nx: [a\n"),
  (text) => text.replace("\n---\n", "\nx: @a\n---\n"),
  (text) => text.replace("\n---\n", "\n\n"),
  (text) => text.replace("---\n", "——\n"),
  (text) => `${text}\ud800`,
];

/** UTF-8, but for a lone surrogate, which becomes a byte that is none. */
const bytesOf = (text: string): Uint8Array =>
  new Uint8Array(
    [...new TextEncoder().encode(text.replace("\ud800", ""))].concat(text.includes("\ud800") ? [0xff] : []),
  );

/** Posts that were public are held back by files that break in the same edit; those that only break stay. */
async function holdBackWhileBroken(): Promise<void> {
  for (const brokenBy of BREAKAGES) {
    const site = await world({}, SITE);
    const posts = [...WAYS, null].map((way, i) => ({ way, name: `word${i}x`, key: `posts/word${i}x.md` }));
    for (const { name, key } of posts) await site.write(key, textOf(name, { way: null, form: asYaml, upper: false }));
    await site.publish();
    for (const { way, name, key } of posts) {
      const text = brokenBy(textOf(name, { way, form: asYaml, upper: false }));
      await site.content.put(key, bytesOf(text), { contentType: "text/markdown" });
    }
    const report = await site.publish({ force: true });
    expect(report.problems.filter(({ severity }) => severity === "error")).toHaveLength(posts.length);
    const named = (isPublic: boolean) => posts.flatMap(({ way, name }) => ((way === null) === isPublic ? [name] : []));
    await expectHeldBack({ site, published: named(true), heldBack: named(false) });
  }
}

/** Posts become due and expire without an edit. */
async function holdBackByTime(): Promise<void> {
  const front = (name: string, way: Front) => textOf(name, { way, form: asYaml, upper: false });
  const site = await world(
    {
      "posts/a.md": front("soonx", [["date", "2026-06-02T00:00:00Z"]]),
      "posts/b.md": front("overx", [["expires", "2026-06-02T00:00:00Z"]]),
      "posts/c.md": front("brokex", [["expires", "2026-06-02T00:00:00Z"]]),
    },
    SITE.replace("exclude", "archives: day\nexclude"),
  );
  const shownAt = async (now: string) => {
    await site.publish({ now: new Date(now), hints: [], force: true });
    const all = JSON.stringify(await site.dump(site.public));
    return { early: all.includes("soonx"), late: all.includes("overx"), broken: all.includes("brokex") };
  };
  expect(await shownAt("2026-06-01T12:00:00Z")).toEqual({ early: false, late: true, broken: true });
  // The last good entry of a broken post stays until the post expires.
  await site.write("posts/c.md", "---\ntitle: [\n---\n");
  await site.publish({ now: new Date("2026-06-01T13:00:00Z"), hints: ["posts/c.md"] });
  expect(await shownAt("2026-06-01T23:59:59Z")).toEqual({ early: false, late: true, broken: true });
  expect(await shownAt("2026-06-02T00:00:00Z")).toEqual({ early: true, late: false, broken: false });
}

/** A post beyond the limit becomes a draft without a trigger; then another is removed, so that it would move up. */
async function holdBackBeyondLimit(): Promise<void> {
  const site = await world(
    {
      "posts/a.md": textOf("firstx", { way: [["date", "2026-01-03"]], form: asYaml, upper: false }),
      "posts/b.md": textOf("secondx", { way: null, form: asYaml, upper: false }),
      "posts/c.md": textOf("thirdx", { way: [["date", "2026-01-01"]], form: asYaml, upper: false }),
    },
    FEEDS.replace("limit: 20", "limit: 1").replace("kinds: {", "kinds: { tags: false,"),
  );
  await site.publish();
  await site.write("posts/b.md", textOf("secondx", { way: [["draft", true]], form: asYaml, upper: false }));
  await site.remove("posts/a.md");
  await site.publish({ hints: ["posts/a.md"], force: true });
  const feed = await site.read("rss.xml");
  expect([feed.includes("secondx"), feed.includes("thirdx")]).toEqual([false, true]);
}

/** The store, with `watch` called before each operation. */
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

/** A post is held back before any operation until the run has taken the lease: the run must see it. */
async function holdBackDuringRun(hide: (site: World) => Promise<void>): Promise<void> {
  let isBefore = true;
  for (let n = 0; isBefore; n++) {
    const site = await world(
      {
        "posts/a.md": textOf("stays", { way: null, form: asYaml, upper: false }),
        "posts/b.md": textOf("goesx", { way: null, form: asYaml, upper: false }),
      },
      FEEDS,
    );
    let left = n;
    let isLeased = false;
    const watch = async (operation: string, key: string) => {
      if (left-- === 0) {
        isBefore = !isLeased;
        if (isBefore) await hide(site);
      }
      isLeased ||= operation === "put" && key === "head.json";
    };
    const stores = { content: watched(site.content, watch), public: watched(site.public, watch) };
    await site.publish({ ...stores, state: watched(site.state, watch) });
    const documents = JSON.stringify(await site.dump(site.public));
    expect({ n, stays: documents.includes("stays"), goes: documents.includes("goesx") }).toEqual({
      n,
      stays: true,
      goes: !isBefore,
    });
  }
}

/** A run pauses longer than its lease holds; meanwhile the post becomes a draft, and another run publishes that. */
async function holdBackFromPausedRun(): Promise<void> {
  const draft = textOf("goesx", { way: [["draft", true]], form: asYaml, upper: false });
  let isOver = false;
  for (let n = 0; !isOver; n++) {
    const site = await world({ "posts/a.md": textOf("stays", { way: null, form: asYaml, upper: false }) }, FEEDS);
    await site.publish();
    await site.write("posts/b.md", textOf("goesx", { way: [["tags", "tag-stays"]], form: asYaml, upper: false }));
    let left = n;
    let isHidden = false;
    const watch = async () => {
      if (left-- !== 0) {
        if (isHidden) expect(JSON.stringify(await site.dump(site.public))).not.toContain("goesx");
        return;
      }
      await site.write("posts/b.md", draft);
      // Every document changes: a late put whose ETag had returned to its former value would go unnoticed.
      await site.write("posts/a.md", textOf("stays", { way: [["title", "Edited"]], form: asYaml, upper: false }));
      site.clock.advance(LEASE_MS + 1);
      await site.publish();
      isHidden = true;
    };
    const stores = { content: watched(site.content, watch), public: watched(site.public, watch) };
    // In every other round the clock of the paused run stood still too, so it does not show that the lease ran out.
    await site.publish({ ...stores, state: watched(site.state, watch), clock: n % 2 === 0 ? testClock() : site.clock });
    isOver = left >= 0;
    if (!isOver) expect(JSON.stringify(await site.dump(site.public))).not.toContain("goesx");
  }
}

test("Drafts, hidden, future, expired and password-protected posts are in no document: not in a feed, an archive, a page or an OPML.", async () => {
  for (const wasPublished of [false, true]) {
    const one = { form: asYaml, key: KEYS[0] ?? String, hiddenKey: null, upper: false };
    const all = WAYS.map((way): APost => ({ ...one, way }));
    for (let at = 0; at < all.length; at += 6)
      await holdBack([...all.slice(at, at + 6), { ...one, way: null }], wasPublished);
  }
  await holdBackWhileBroken();
  await holdBackByTime();
  await holdBackBeyondLimit();
  await holdBackDuringRun((site) =>
    site.write("posts/b.md", textOf("goesx", { way: [["draft", true]], form: asYaml, upper: false })),
  );
  await holdBackDuringRun((site) => site.write("site.yaml", FEEDS.replace("[not-for-feeds]", "[tag-goesx]")));
  await holdBackFromPausedRun();
  await fc.assert(fc.asyncProperty(fc.array(aPost, { minLength: 1, maxLength: 6 }), fc.boolean(), holdBack), {
    numRuns: 50,
  });
});
