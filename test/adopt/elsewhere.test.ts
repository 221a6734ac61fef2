/** Entries whose posts are at other addresses, and the pattern that these have. */
import { describe, expect, test } from "vitest";
import { postsElsewhere } from "../../lib/adopt/elsewhere.ts";
import { matchEntries } from "../../lib/adopt/match.ts";

const BASE = "https://example.com/";

/** The links of entries, by the name of the post's file → what is told, where each post is at `/<name>/`. */
function told(links: { readonly [name: string]: string }, base = BASE) {
  const published = "2024-01-01T00:00:00Z" as const;
  const of = (name: string) => ({ title: `On the ${name}`, published });
  const names = Object.keys(links);
  const posts = names.map((key) => ({ key, url: `${base}${key}/`, ...of(key) }));
  const entries = names.map((id) => ({ format: "atom" as const, id, link: links[id] ?? "", ...of(id) }));
  return postsElsewhere(matchEntries(entries, posts), base);
}

describe("posts at another address than their entry", () => {
  test("are none where links are those of posts, on another host and without the slash too", () => {
    expect(told({ weir: `${BASE}weir/`, gate: "http://old.example.org/gate" })).toEqual({ posts: [] });
  });

  test.each([
    ["/blog/:year/:month/:slug/", { weir: `${BASE}blog/2025/12/weir/`, gate: `${BASE}blog/2019/01/gate/` }],
    ["/:year/:month/:day/:slug.html", { weir: `${BASE}2025/12/01/weir.html`, gate: `${BASE}2019/01/31/gate.html` }],
    ["/p/:post_title/", { weir: `${BASE}p/on-the-weir/`, gate: `${BASE}p/on-the-gate/` }],
    ["/posts/:slug", { weir: `${BASE}posts/weir`, gate: `${BASE}posts/gate`, lock: `${BASE}a/lock` }],
  ])("have the pattern %s", (permalink, links) => {
    const { posts, ...rest } = told(links);
    expect(posts.map(({ link }) => link).sort()).toEqual(Object.values(links).sort());
    expect(rest).toEqual({ permalink });
  });

  test("have a pattern below the path of the site", () => {
    const base = "https://example.com/notes/";
    expect(told({ weir: `${base}p/weir/`, gate: `${base}p/gate/` }, base).permalink).toBe("/p/:slug/");
  });

  test("have none where most links are in no pattern", () => {
    expect(told({ weir: `${BASE}a/weir/`, gate: `${BASE}b/gate/` }).permalink).toBeUndefined();
    expect(told({ weir: `${BASE}a/weir/?p=1`, gate: `${BASE}b/gate/?p=2` }).permalink).toBeUndefined();
  });
});
