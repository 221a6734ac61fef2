/** What counts of a listing of the content, where other stores lie in its folder. */
import { expect, test } from "vitest";
import { digestOfListing } from "../../../lib/publish/rest/listing.ts";

const PLACED = { content: { name: "blog" }, public: { name: "blog/public" }, state: { name: "blog/state" } };
const digest = (...keys: readonly string[]) =>
  digestOfListing(
    keys.map((key) => ({ key, etag: "1" })),
    PLACED,
    () => false,
  );

test("what runs keep in the state store is no content, and nothing else of that name is left out", () => {
  const content = digest("posts/a.md");
  for (const key of [
    "head.json",
    "catalogs/a",
    "intents/a",
    "entries/a",
    "adopted/a",
    "findings/a",
    "announcing.json",
  ]) {
    expect(digest("posts/a.md", `state/${key}`), key).toBe(content);
    expect(digest("posts/a.md", key), key).not.toBe(content);
  }
});
