/** Sites of numbered posts for the tests of the guard. */

import { expect } from "vitest";
import type { Refusal } from "../../../lib/model.ts";
import type { Report } from "../../../lib/publish/types.ts";
import { NOW, post, SITE, type World, world } from "../../support/world.ts";

export const keyOf = (i: number): string => `posts/${String(i).padStart(3, "0")}.md`;
export const daysBefore = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();
export const hoursLater = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

export type FrontMatter = { readonly [key: string]: string };

export const textOf = (i: number, front: FrontMatter = {}, body = `Words ${i}.\n`): string =>
  post({ title: `Post ${i}`, date: daysBefore(i + 1), ...front }, body);

export const numbers = (count: number, from = 0): readonly number[] =>
  Array.from({ length: count }, (_, i) => from + i);

const files = (count: number, front?: (i: number) => FrontMatter): { readonly [key: string]: string } =>
  Object.fromEntries(numbers(count).map((i) => [keyOf(i), textOf(i, front?.(i))]));

/** A site of so many posts after its first run. */
export async function published(count: number, site = SITE, front?: (i: number) => FrontMatter): Promise<World> {
  const built = await world(files(count, front), site);
  expect((await built.publish()).refused).toBeUndefined();
  return built;
}

/** Writes the posts of these numbers again. */
export async function rewrite(
  site: World,
  of: readonly number[],
  front: FrontMatter,
  body?: (i: number) => string,
): Promise<void> {
  for (const i of of) await site.write(keyOf(i), textOf(i, front, body?.(i)));
}

/** Removes the posts of these numbers, and returns their keys. */
export async function removePosts(site: World, of: readonly number[]): Promise<readonly string[]> {
  for (const i of of) await site.remove(keyOf(i));
  return of.map(keyOf);
}

/** Publishes, and expects a refusal that leaves the public and the state store unchanged. */
export async function refusedBy(site: World, options?: Parameters<World["publish"]>[0]): Promise<Refusal> {
  const before = [await site.dump(site.public), await site.dump(site.state)];
  const { refused } = await site.publish(options);
  expect(refused).toBeDefined();
  expect([await site.dump(site.public), await site.dump(site.state)]).toEqual(before);
  return refused ?? { code: "", message: "", fix: "" };
}

export const expectAllowed = async (report: Promise<Report>): Promise<void> =>
  expect((await report).refused).toBeUndefined();
