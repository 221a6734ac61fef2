/** `adopt --by-address`: ids for posts that the former feed no longer carries, in the form of those that it does. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idsByAddress } from "../../lib/adopt/byaddress.ts";
import type { FormerEntry } from "../../lib/adopt/former.ts";
import type { Numbered } from "../../lib/adopt/idforms.ts";
import { encodeLedger, type Ledger, parseLedger } from "../../lib/adopt/ledger.ts";
import { matchEntries } from "../../lib/adopt/match.ts";
import type { Format } from "../../lib/model.ts";

const NAMES = ["one", "two", "three", "four", "five", "six", "seven"];

const postOf = (name: string, url = `https://example.com/2024/${name}/`): Numbered => ({
  key: `posts/2024-01-02-${name}.md`,
  url,
});

const entryOf = (post: Numbered, id: string, format: Format = "rss"): FormerEntry => ({ format, id, link: post.url });

/** The former feed carries the first `carried` posts; the result is the id of each post. */
function made(posts: readonly Numbered[], entries: readonly FormerEntry[]) {
  const matchables = posts.map((post) => ({ ...post, title: post.key, published: "2024-01-02T00:00:00Z" }));
  const { matches, ledger } = matchEntries(entries, matchables);
  return idsByAddress({ matches, ledger, posts });
}

const idsIn = (ledger: Ledger, format: Format) =>
  Object.fromEntries([...ledger.values()].map(({ key, ids }) => [key, ids?.[format]]));

const POSTS = NAMES.map((name) => postOf(name));
const NUMBERED = POSTS.map((post, i) => ({ ...post, number: String(100 + i) }));
const HTML = NAMES.map((name) => postOf(name, `https://example.com/2024/${name}.html`));
const CHINESE = ["你好", "再见", "朋友", "世界"].map((name) =>
  postOf(name, `https://example.com/${encodeURIComponent(name)}/`),
);

const FORMS: readonly (readonly [system: string, posts: readonly Numbered[], idOf: (post: Numbered) => string])[] = [
  ["Hugo and Hexo: the address", POSTS, ({ url }) => url],
  ["the address before HTTPS", POSTS, ({ url }) => url.replace("https:", "http:")],
  [
    "the address on the former host",
    POSTS,
    ({ url }) => url.replace("https://example.com", "http://blog.old.example:8080"),
  ],
  ["WordPress", NUMBERED, ({ number }) => `https://example.com/?p=${number}`],
  ["WordPress before HTTPS, in a folder", NUMBERED, ({ number }) => `http://example.com/blog/?p=${number}`],
  ["jekyll-feed, addresses with a slash", POSTS, ({ url }) => url.replace(/\/$/, "")],
  ["jekyll-feed, addresses with .html", HTML, ({ url }) => url.replace(/\.html$/, "")],
  ["addresses that had .html", POSTS, ({ url }) => url.replace(/\/$/, ".html")],
  ["addresses that had index.html", POSTS, ({ url }) => `${url}index.html`],
  ["addresses that had a slash", HTML, ({ url }) => url.replace(/\.html$/, "/")],
  ["a path alone", POSTS, ({ url }) => new URL(url).pathname],
  ["letters as they are", CHINESE, ({ url }) => decodeURI(url)],
  ["escapes in lower case", CHINESE, ({ url }) => url.toLowerCase()],
];

describe("an id of a post that the former feed no longer carries", () => {
  test.each(FORMS)("is made as the others are: %s", (_, posts, idOf) => {
    for (const format of ["rss", "atom", "json"] as const) {
      const carried = posts.slice(0, 2).map((post) => entryOf(post, idOf(post), format));
      const result = made(posts, carried);
      if ("refused" in result) throw new Error(result.refused.message);
      expect(idsIn(result.ledger, format)).toEqual(Object.fromEntries(posts.map((post) => [post.key, idOf(post)])));
      expect(result.forms).toMatchObject([{ format, agreeing: [{}, {}], others: [] }]);
      expect(result.forms[0]?.made).toHaveLength(posts.length - 2);
      expect(parseLedger(encodeLedger(result.ledger.values())).errors).toEqual([]);
    }
  });

  test("of Jekyll has the slug that the front matter gives, in the folder of the address", () => {
    const posts = [
      ...POSTS,
      { key: "_posts/2020-01-02-file.md", url: "https://example.com/elsewhere/", slug: "named" },
    ];
    const result = made(
      posts,
      POSTS.slice(0, 3).map((post) => entryOf(post, post.url.replace(/\/$/, ""), "atom")),
    );
    if ("refused" in result) throw new Error(result.refused.message);
    expect(result.ledger.get("_posts/2020-01-02-file.md")?.ids?.atom).toBe("https://example.com/named");
  });

  test("is a permalink where those of the entries are", () => {
    for (const isPermaLink of [true, false]) {
      const entries = POSTS.slice(0, 3).map((post) => ({
        ...entryOf(post, post.url),
        ...(isPermaLink && { isPermaLink }),
      }));
      const result = made(POSTS, entries);
      if ("refused" in result) throw new Error(result.refused.message);
      expect(result.ledger.get(POSTS[6]?.key ?? "")?.ids?.isPermaLink ?? false).toBe(isPermaLink);
    }
  });

  test("is made by what most entries agree on; the ids of the others stay as they are", () => {
    const entries = POSTS.slice(0, 5).map((post, i) => entryOf(post, i === 2 ? "odd" : post.url));
    const result = made(POSTS, entries);
    if ("refused" in result) throw new Error(result.refused.message);
    expect(idsIn(result.ledger, "rss")).toEqual(
      Object.fromEntries(POSTS.map(({ key, url }, i) => [key, i === 2 ? "odd" : url])),
    );
  });

  test("is made in each format by itself", () => {
    const entries = POSTS.slice(0, 2).flatMap((post) => [
      entryOf(post, post.url),
      entryOf(post, post.url.replace(/\/$/, ""), "atom"),
    ]);
    const result = made(POSTS, entries);
    if ("refused" in result) throw new Error(result.refused.message);
    const last = POSTS[6]?.url ?? "";
    expect(result.ledger.get(POSTS[6]?.key ?? "")?.ids).toEqual({ rss: last, atom: last.replace(/\/$/, "") });
  });

  test("is not made of a number that is not known, nor twice, nor where another post has it", () => {
    const [one, two, three, four, five, six] = NUMBERED;
    if (!one || !two || !three || !four || !five || !six) throw new Error("too few");
    const { number: _, ...unnumbered } = three;
    const posts = [one, two, unnumbered, four, { ...five, number: "103" }, { ...six, number: "100" }];
    const result = made(
      posts,
      [one, two].map((post) => entryOf(post, `https://example.com/?p=${post.number}`)),
    );
    if ("refused" in result) throw new Error(result.refused.message);
    expect([...result.ledger.keys()]).toEqual([one.key, two.key]);
  });
});

describe("it refuses", () => {
  test("numbers of WordPress that no post has, and says where to write them", () => {
    const entries = POSTS.slice(0, 2).map((post, i) => entryOf(post, `https://example.com/?p=${i}`));
    expect(made(POSTS, entries)).toMatchObject({ refused: { fix: expect.stringContaining("as wordpress_id") } });
  });

  test.each([
    ["ids that nobody can make", ["5f1a", "5f1b", "5f1c"], "5f1a, 5f1b, 5f1c"],
    [
      "as many ids of one form as of none",
      [POSTS[0]?.url ?? "", POSTS[1]?.url ?? "", "x", "y"],
      "2 are https://example.com<address>",
    ],
  ])("%s, and shows what it found", (_, ids, shown) => {
    const result = made(
      POSTS,
      ids.map((id, i) => entryOf(POSTS[i] ?? postOf("x"), id)),
    );
    expect(result).toMatchObject({ refused: { code: "no-form", message: expect.stringContaining(shown) } });
  });
});

test("whatever posts are called, ids by address are those that the former feed gave, and distinct", () => {
  const name = fc
    .stringMatching(/^[\p{L}\p{N}_.~!-]{1,12}$/u)
    .filter((text) => !/^\.+$/.test(text) && text.isWellFormed());
  const form = fc.constantFrom<(url: string) => string>(
    (url) => url,
    (url) => url.replace("https:", "http:"),
    (url) => `${url}index.html`,
  );
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 3, maxLength: 9 }), form, (names, idOf) => {
      const posts = names.map((each) =>
        postOf(each, new URL(`https://example.com/p/${encodeURIComponent(each)}/`).href),
      );
      const result = made(
        posts,
        posts.slice(0, 2).map((post) => entryOf(post, idOf(post.url))),
      );
      if ("refused" in result) throw new Error(result.refused.message);
      expect(idsIn(result.ledger, "rss")).toEqual(Object.fromEntries(posts.map(({ key, url }) => [key, idOf(url)])));
    }),
  );
});
