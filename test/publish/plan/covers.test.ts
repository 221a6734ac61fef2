/** A fingerprint covers what its document shows: other bytes, another fingerprint. */
import { expect, test } from "vitest";
import { documentRenderer } from "../../../lib/formats/document.ts";
import { planDocuments } from "../../../lib/publish/plan/documents.ts";
import { changesOf, entryOf, SAMPLE, type Sample, windowsOf } from "./covered.ts";

interface Drawn {
  readonly as: string;
  readonly fingerprint: string;
  readonly text: string;
}

/** By path. */
function drawn(sample: Sample): ReadonlyMap<string, Drawn> {
  const { site, authority, podcastGuid, posts, channels, updated } = sample;
  const catalog = { channels: Object.fromEntries(channels.map(({ key }) => [key, { updated, members: [] }])) };
  const now = "2026-07-01T00:00:00Z";
  const documents = planDocuments(windowsOf(sample), { site, now, authority, podcastGuid, catalog });
  const render = documentRenderer(new Map(posts.map(({ inputHash }) => [inputHash, { entry: entryOf(inputHash) }])));
  const decoder = new TextDecoder();
  return new Map(
    documents.map((document) => {
      const { path, fingerprint, source } = document;
      return [path, { as: source.as, fingerprint, text: decoder.decode(render(document)) }];
    }),
  );
}

/** Differences of fingerprints that are none of bytes. Each is a put for nothing, and so has a reason. */
const NEEDLESS: readonly (readonly [field: RegExp, of: RegExp, reason: string])[] = [
  [/^site\.cacheControl$/, /^/, "it is stored with every document"],
  [/^site\.authors\.ada\.(?:email|url)$/, /^(?:rss|json)$/, "the author is one value for feeds of all formats"],
  [/^posts\.\d\.ids?\b/, /^(?:rss|atom|json)$/, "an item is one value for all formats; ids do not change"],
  [/^status$/, /^atom$/, "Atom tells streams to come and live ones alike; its items are those of RSS"],
  [/^site\.(?:description|files|pages|taxonomies)\b/, /^opml$/, "its channels are one value with those of feeds.json"],
  [/^channels\.\d\.(?:key|name|formats)\b/, /^opml$/, "its channels are one value with those of feeds.json"],
  [/^site\.taxonomies\b/, /^page$/, "they order the directory, even if it has no channels of them"],
  [/^channels\.\d\.(?:key|name|title|language)\b/, /^page$/, "the directory has channels of all kinds in one form"],
];

const reasonOf = (field: string, as: string) =>
  NEEDLESS.find(([of, documents]) => of.test(field) && documents.test(as));

test("other bytes imply another fingerprint, and the same bytes the same one but for a reason, whatever field changes", () => {
  const before = drawn(SAMPLE);
  const used = new Set<unknown>();
  for (const { field, sample } of changesOf(SAMPLE)) {
    for (const [path, { as, fingerprint, text }] of drawn(sample)) {
      const was = before.get(path);
      if (!was) continue;
      const reason = reasonOf(field, as);
      const isSame = was.fingerprint === fingerprint;
      if (was.text !== text) expect(isSame, `${field} makes ${path} stale`).toBe(false);
      else if (reason === undefined) expect(isSame, `${field} puts ${path} for nothing`).toBe(true);
      else if (!isSame) used.add(reason);
    }
  }
  expect(used.size, "a reason is no longer needed").toBe(NEEDLESS.length);
});
