/** Properties and an update → the properties as they are after it (Micropub, section 3.4). */
import { invalid } from "../../base/http/error.ts";
import { isSameAddress } from "../post/beginning/signs.ts";
import type { Mf2Json, Properties, UpdateRequest } from "../request/types.ts";

/** These have one value: another is put in its place, not beside it. */
const SINGLE = new Set(
  "name content summary published updated lang location live post-status visibility mp-slug".split(" "),
);

/** Replaces, then adds, then removes: section 3.4 leaves the order open where one value is in more than one of them. */
export function applied(before: Properties, { replace, add, remove }: UpdateRequest): Properties {
  const after = new Map(before);
  for (const [name, values] of replace) {
    assertChangeable(name);
    if (values.length === 0) after.delete(name);
    else after.set(name, values);
  }
  for (const [name, values] of add) {
    assertChangeable(name);
    const there = after.get(name) ?? [];
    if (SINGLE.has(name) && there.length + values.length > 1) {
      throw invalid(`${name} has one value, and nothing can be added to it: send it in \`replace\``);
    }
    after.set(name, [...there, ...values.filter((value) => !there.some((each) => isEqual(each, value)))]);
  }
  for (const [name, values] of remove) {
    assertChangeable(name);
    const left = values && after.get(name)?.filter((each) => !values.some((value) => isEqual(each, value)));
    if (left === undefined || left.length === 0) after.delete(name);
    else after.set(name, left);
  }
  return after;
}

function assertChangeable(name: string): void {
  if (name === "url" || name === "uid")
    throw invalid(`${name} follows from the file and cannot be set: change mp-slug`);
}

/** Two objects with the same address are the same file, whatever else they say. */
function isEqual(one: Mf2Json, other: Mf2Json): boolean {
  const [address, another] = [addressOf(one), addressOf(other)];
  if (address === undefined || another === undefined) return JSON.stringify(one) === JSON.stringify(other);
  return isSameAddress(address, another);
}

function addressOf(value: Mf2Json): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { value: address } = value as { readonly value?: Mf2Json };
  return typeof address === "string" ? address : undefined;
}
