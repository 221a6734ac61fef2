/** The entry cache of a site, as its packs hold it. */
import type { Entry } from "../../lib/model.ts";
import type { World } from "./world.ts";

export const isPack = (key: string): boolean => key.startsWith("entries/");

export const packsOf = async (site: World): Promise<readonly string[]> =>
  Object.keys(await site.dump(site.state)).filter(isPack);

/** Every entry of every pack, by input hash. */
export async function entriesOf(site: World): Promise<ReadonlyMap<string, Entry>> {
  const packs = Object.entries(await site.dump(site.state)).filter(([key]) => isPack(key));
  const lines = packs.flatMap(([, text]) => text.split("\n").filter(Boolean));
  return new Map(
    lines.map((line) => {
      const { inputHash, entry } = JSON.parse(line);
      return [inputHash, entry];
    }),
  );
}
