/**
 * Fingerprints: of the very value that a document is drawn from, and of how it is stored. Other bytes imply another fingerprint; that
 * another fingerprint implies other bytes is up to those who make the value, since each difference is a put and a ping.
 */
import { digest, digestOf } from "../../base/digest.ts";
import { DISCOVERY, FORMATS, PAGE } from "../../formats/files.ts";
import { isPrinted, type Printed } from "../../formats/printed.ts";
import type { ChannelSource, ListSource } from "../../formats/types.ts";
import type { Site } from "../../site/types.ts";

const TYPES = { ...FORMATS, ...DISCOVERY, page: PAGE };

export function fingerprintOf(
  { as, document }: ChannelSource | ListSource,
  { cacheControl }: Pick<Site, "cacheControl">,
): string {
  // Parts that documents share stand in it by their prints, which are made once.
  const fields: unknown[] = [cacheControl];
  for (const [name, value] of Object.entries(document)) fields.push(name, isShared(value) ? printOf(value) : value);
  return `${as}${TYPES[as].version} ${digest(...fields)}`;
}

type Part = Printed<object>;

const isShared = (value: unknown): value is Part | readonly Part[] =>
  isPrinted(value) || (Array.isArray(value) && isPrinted(value[0]));

const printOf = (shared: Part | readonly Part[]): string => ("print" in shared ? shared.print : printOfList(shared));

const prints = new WeakMap<object, string>();

/** The formats of a channel share the list of its items. */
function printOfList(parts: readonly Part[]): string {
  const known = prints.get(parts);
  if (known !== undefined) return known;
  const print = digestOf(parts.map(({ print }) => print).join());
  prints.set(parts, print);
  return print;
}
