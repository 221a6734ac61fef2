/** What the data of an edge function is made of, for an owner who has to shorten it. */
import { renamedChannels } from "../channels/renamed.ts";
import type { Site } from "../site/types.ts";
import { SERVE } from "./aliases.ts";
import { copiedFrom } from "./edge.ts";
import { tableOf } from "./rows.ts";
import { rulesOf } from "./rules.ts";

export interface EdgePart {
  /** The key of `site.yaml`. */
  readonly key: "aliases" | "retired" | "renamed" | "channels" | "taxonomies" | "hubs";
  /** What of it is inlined. */
  readonly names: readonly string[];
  readonly bytes: number;
}

/** The largest first. */
export function edgeParts(site: Site): readonly EdgePart[] {
  const copied = copiedFrom(site);
  const rules = rulesOf(site).filter(({ from }) => !copied.has(from));
  const part = (key: EdgePart["key"], rows: readonly (readonly [name: string, value: string])[]): EdgePart => {
    return { key, names: rows.map(([name]) => name), bytes: bytes(tableOf(rows)) };
  };
  const ofRules = (key: "aliases" | "retired", isServed: boolean) =>
    part(
      key,
      rules.filter(({ value }) => value.startsWith(SERVE) === isServed).map(({ from, value }) => [from, value]),
    );
  return [
    ofRules("aliases", true),
    ofRules("retired", false),
    part(
      "renamed",
      renamedChannels(site).map(({ folders: { from, to } }) => [from, to]),
    ),
    part(
      "channels",
      site.channels.map(({ path, formats }) => [path, formats.join("")]),
    ),
    part(
      "taxonomies",
      site.taxonomies.map((kind) => [`${kind}/*`, ""]),
    ),
    { key: "hubs" as const, names: site.hubs, bytes: bytes(site.hubs.join(",")) },
  ]
    .filter(({ names }) => names.length > 0)
    .sort((a, b) => b.bytes - a.bytes);
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;
