/** Which former post a file is: by id, text, title and date, key, or address. */
import { describe, expect, test } from "vitest";
import { type KnownPost, recognisePosts } from "../../../lib/publish/reconcile/recognise.ts";
import type { PostMetadata } from "../../../lib/publish/scan/findings.ts";

const AUTHORITY = { authority: "example.com", since: 2020 };

function headOf(key: string, front: Partial<PostMetadata> = {}): PostMetadata {
  return {
    key,
    title: key,
    published: "2026-01-01T00:00:00Z",
    url: `https://example.com/${key}`,
    language: "en",
    authors: [],
    tags: [],
    categories: [],
    sourceDigest: `text of ${key}`,
    wordsDigest: `words of ${key}`,
    inputHash: key,
    lines: {},
    media: [],
    size: 100,
    ...front,
  };
}

function knownOf(key: string, facts: Partial<KnownPost["facts"]> = {}): KnownPost {
  const { lines: _, media: __, live: ___, ...head } = headOf(key);
  return {
    key,
    state: "removed",
    facts: { ...head, id: `tag:example.com,2020:${key}`, updated: head.published, authors: [], ...facts },
  };
}

/** For each key that was recognised the former key. */
const recognised = (posts: readonly PostMetadata[], former: readonly KnownPost[]) =>
  Object.fromEntries([...recognisePosts(posts, former, AUTHORITY)].map(([key, post]) => [key, post.key]));

describe("a post is recognised", () => {
  test("by the id in its front matter, before all else", () => {
    const known = [knownOf("a", { id: "urn:x" }), knownOf("b")];
    expect(recognised([headOf("b", { id: "urn:x" })], known)).toEqual({ b: "a" });
  });

  test("by the id in its front matter, unless the file that has it without saying so is still there", () => {
    const known: KnownPost = { ...knownOf("a", { id: "urn:x" }), state: "public" };
    const thief = headOf("b", { id: "urn:x", published: "2026-05-05T00:00:00Z" });
    expect(recognised([thief, headOf("a")], [known])).toEqual({ a: "a" });
    const edited = { sourceDigest: "edited", wordsDigest: "edited" };
    expect(recognised([thief, headOf("a", edited)], [known])).toEqual({ a: "a" });
    expect(recognised([thief, headOf("a", { ...edited, title: "Edited" })], [known])).toEqual({ a: "a" });
  });

  test("by the id in its front matter, where another post has come to its former key", () => {
    const given: KnownPost = { ...knownOf("a", { id: "urn:x", givesId: true }), state: "public" };
    const renamed = headOf("b", { id: "urn:x", published: "2026-01-01T00:00:00Z" });
    const untitled = headOf("a", { title: "", sourceDigest: "new", wordsDigest: "new", url: "https://example.com/a" });
    expect(recognised([renamed, untitled], [given])).toEqual({ b: "a" });
    const another = { title: "Another", published: "2026-05-05T00:00:00Z", sourceDigest: "new", wordsDigest: "new" };
    expect(recognised([renamed, headOf("a", another)], [{ ...given, facts: { ...given.facts } }])).toEqual({ b: "a" });
    const minted: KnownPost = { ...knownOf("a", { id: "urn:x" }), state: "public" };
    expect(recognised([renamed, headOf("a", { ...another, url: "https://example.com/a" })], [minted])).toEqual({
      b: "a",
    });
  });

  test("by its text, before its key", () => {
    const swapped = [headOf("a", { sourceDigest: "text of b" }), headOf("b", { sourceDigest: "text of a" })];
    expect(recognised(swapped, [knownOf("a"), knownOf("b")])).toEqual({ a: "b", b: "a" });
  });

  test("by its title and date, before its key: files that are renumbered and edited at once keep their posts", () => {
    const at = (key: string, title: string) => headOf(key, { title, sourceDigest: `fixed text of ${title}` });
    const known = ["01", "02", "03"].map((key) => knownOf(key));
    const posts = [at("02", "01"), at("03", "02"), at("04", "03")];
    expect(recognised(posts, known)).toEqual({ "02": "01", "03": "02", "04": "03" });
    expect(recognised([at("01", "A first one"), ...posts], known)).toEqual({ "02": "01", "03": "02", "04": "03" });
  });

  test("by its key, before a date that untitled posts share", () => {
    const untitled = { title: "", published: "2026-01-02T00:00:00Z" };
    const post = headOf("a", { ...untitled, sourceDigest: "new text" });
    expect(recognised([post], [knownOf("a"), knownOf("b", untitled)])).toEqual({ a: "a" });
  });

  test("by its key, before the title and date of a post in another language", () => {
    const translated = { title: "Hello", language: "fr" };
    const post = headOf("a", { title: "Hello", sourceDigest: "new text" });
    expect(recognised([post], [knownOf("a"), knownOf("b", translated)])).toEqual({ a: "a" });
  });

  test("by its words and its title, or its words and its date, where its key changed as well", () => {
    const words = { wordsDigest: "words of a", sourceDigest: "other media" };
    expect(
      recognised([headOf("b", { ...words, published: "2026-05-05T00:00:00Z", title: "a" })], [knownOf("a")]),
    ).toEqual({ b: "a" });
    expect(recognised([headOf("b", { ...words, title: "Another title" })], [knownOf("a")])).toEqual({ b: "a" });
    expect(
      recognised(
        [headOf("b", { ...words, title: "Another title", published: "2026-05-05T00:00:00Z" })],
        [knownOf("a")],
      ),
    ).toEqual({});
  });

  test("by its title or its words alone, where no version of it has a date", () => {
    const undated = { undated: true } as const;
    const known = [knownOf("a", undated)];
    const later = { ...undated, published: "2026-05-05T00:00:00Z", sourceDigest: "new text" };
    expect(recognised([headOf("b", { ...later, title: "a" })], known)).toEqual({ b: "a" });
    expect(recognised([headOf("b", { ...later, wordsDigest: "words of a" })], known)).toEqual({ b: "a" });
  });

  test("by its title or its words alone only for a while after its file went: a new post may have them", () => {
    const undated = { undated: true, sourceDigest: "new text" } as const;
    const longGone = [{ ...knownOf("a", undated), isLongGone: true } as const];
    expect(recognised([headOf("b", { ...undated, title: "a", sourceDigest: "newer" })], longGone)).toEqual({});
    expect(
      recognised([headOf("b", { ...undated, wordsDigest: "words of a", sourceDigest: "newer" })], longGone),
    ).toEqual({});
    const dated = [{ ...knownOf("a"), isLongGone: true } as const];
    const nextEpisode = { title: "a", wordsDigest: "words of a", sourceDigest: "other media" };
    expect(recognised([headOf("b", { ...nextEpisode, published: "2026-05-05T00:00:00Z" })], dated)).toEqual({});
    expect(recognised([headOf("b", nextEpisode)], dated)).toEqual({ b: "a" });
  });

  test("never by words that it does not have", () => {
    const empty = { wordsDigest: "", sourceDigest: "no text, other media" };
    expect(recognised([headOf("b", empty)], [knownOf("a", { wordsDigest: "" })])).toEqual({});
  });

  test("by what was seen in its file since it was published, before its key", () => {
    const seen = {
      title: "Seen",
      wordsDigest: "seen",
      sourceDigest: "seen",
      published: "2026-02-02T00:00:00Z",
      language: "en",
    };
    const known = [{ ...knownOf("a"), seen }, knownOf("b")];
    const others = { sourceDigest: "new text", wordsDigest: "new" };
    expect(recognised([headOf("c", { ...others, title: "Seen", published: seen.published })], known)).toEqual({
      c: "a",
    });
    expect(recognised([headOf("c", { ...others, sourceDigest: "seen" })], known)).toEqual({ c: "a" });
    const inPlaceOfB = headOf("b", { ...others, title: "Seen", published: seen.published });
    expect(recognised([inPlaceOfB], known)).toEqual({ b: "a" });
  });

  test("by what was published of it as well: its text before all that was seen since, its title and date after its key", () => {
    const seen = {
      title: "Seen",
      wordsDigest: "seen",
      sourceDigest: "seen",
      published: "2026-02-02T00:00:00Z",
      language: "en",
    };
    const known = [{ ...knownOf("a"), seen }];
    const [again, stays] = [headOf("c", { sourceDigest: "text of a" }), headOf("a", { ...seen })];
    expect(recognised([again, stays], known)).toEqual({ c: "a" });
    const alike = headOf("c", { title: "a", sourceDigest: "new text", wordsDigest: "new" });
    expect(recognised([alike], known)).toEqual({ c: "a" });
    expect(recognised([alike, headOf("a", { sourceDigest: "newer", wordsDigest: "newer" })], known)).toEqual({
      a: "a",
    });
  });

  test("by its key, before its address", () => {
    const post = headOf("a", { sourceDigest: "new text", url: "https://example.com/b" });
    expect(recognised([post], [knownOf("a"), knownOf("b")])).toEqual({ a: "a" });
  });

  test("by its key, although a removed post once had that key", () => {
    const former = { ...knownOf("a", { id: "urn:now" }), state: "public" as const };
    const gone = knownOf("a", { id: "urn:gone", sourceDigest: "text of long ago" });
    const [post] = [...recognisePosts([headOf("a", { sourceDigest: "new text" })], [gone, former], AUTHORITY).values()];
    expect(post?.facts.id).toBe("urn:now");
  });

  test("by its address, when nothing else matches", () => {
    const post = headOf("c", { sourceDigest: "new text", url: "https://example.com/b" });
    expect(recognised([post], [knownOf("a"), knownOf("b")])).toEqual({ c: "b" });
  });

  test("not by what two posts have in common", () => {
    const same = { sourceDigest: "same text" };
    expect(recognised([headOf("c", same)], [knownOf("a", same), knownOf("b", same)])).toEqual({});
    expect(recognised([headOf("c", same), headOf("d", same)], [knownOf("a", same)])).toEqual({});
  });
});
