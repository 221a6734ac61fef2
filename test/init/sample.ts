/** Small sites in one text file each: `=== path`, and below it what the file holds. */
import type { SiteFolder } from "../../lib/init/types.ts";

export type SampleFiles = ReadonlyMap<string, string>;

export const sampleFiles = (text: string): SampleFiles =>
  new Map(
    text
      .split(/^=== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1)] as const),
  );

export const folderOf = (files: SampleFiles): SiteFolder => ({
  paths: [...files.keys()].sort(),
  read: async (path) => files.get(path),
});
