/**
 * Fingerprints: of the very value that a document is drawn from, and of how it is stored. Other bytes imply another fingerprint; that
 * another fingerprint implies other bytes is up to those who make the value, since each difference is a put and a ping.
 */
import { digest, digestOf } from "../../base/digest.ts";
import { type Digested, isDigested } from "../../formats/digested.ts";
import { DISCOVERY, FORMATS, PAGE } from "../../formats/files.ts";
import type { ChannelSource, ListSource } from "../../formats/types.ts";
import type { Site } from "../../site/types.ts";

const TYPES = { ...FORMATS, ...DISCOVERY, page: PAGE };

export function fingerprintOf(
  { as, document }: ChannelSource | ListSource,
  { cacheControl }: Pick<Site, "cacheControl">,
): string {
  // For parts that documents share stand their digests, which are made once.
  const fields: unknown[] = [cacheControl];
  for (const [name, value] of Object.entries(document)) fields.push(name, isShared(value) ? digestIn(value) : value);
  return `${as}${TYPES[as].version} ${digest(...fields)}`;
}

type Part = Digested<object>;

const isShared = (value: unknown): value is Part | readonly Part[] =>
  isDigested(value) || (Array.isArray(value) && isDigested(value[0]));

const digestIn = (shared: Part | readonly Part[]): string =>
  "digest" in shared ? shared.digest : digestOfList(shared);

const ofLists = new WeakMap<object, string>();

/** The formats of a channel share the list of its items. */
function digestOfList(parts: readonly Part[]): string {
  const known = ofLists.get(parts);
  if (known !== undefined) return known;
  const made = digestOf(parts.map(({ digest }) => digest).join());
  ofLists.set(parts, made);
  return made;
}
