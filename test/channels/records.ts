/** Sample records for the tests of channels. */
import type { Facts, ListedRecord, PostRecord } from "../../lib/model.ts";

export function listedOf(id: string, facts: Partial<Facts> = {}, rest: Partial<PostRecord> = {}): ListedRecord {
  const published = facts.published ?? "2024-10-15T00:00:00Z";
  return {
    key: `posts/${id}.md`,
    state: "public",
    etag: id,
    problems: [],
    deps: [],
    ...rest,
    facts: {
      id,
      title: id,
      url: `https://example.org/${id}/`,
      published,
      updated: published,
      language: "en",
      authors: [],
      tags: [],
      categories: [],
      size: 100,
      sourceDigest: "s",
      wordsDigest: "w",
      inputHash: "i",
      ...facts,
    },
  };
}
