/** Site → what the edge knows of it, small enough to be inlined in an edge function, and which aliases are copies instead. */
import { present } from "../base/optional.ts";
import { renamedChannels } from "../channels/renamed.ts";
import type { Site } from "../site/types.ts";
import { renamedKey } from "./aliases.ts";
import { copyable } from "./copyable.ts";
import type { Edge } from "./folders.ts";
import { headersOf } from "./headers.ts";
import { type Row, tableOf } from "./rows.ts";
import { decoded, type Rule, rulesOf } from "./rules.ts";

/** For `edge` as JSON. The code is the rest of CloudFront's 10,240 bytes: `test/infra/edge.test.ts` adds them up. */
export const EDGE_BYTES = 2_400;

/** A document of the public store that is there a second time, under the path of an alias. */
export interface Copy {
  readonly path: string;
  /** Path of the document. */
  readonly of: string;
  /** The exact type, since the edge does not know what it is a copy of; CloudFront does not compress all of them. */
  readonly type?: string;
}

interface Layout {
  readonly edge: Edge;
  readonly copies: readonly (Copy & { readonly from: string })[];
}

export const edgeOf = (site: Site): Edge => layoutOf(site).edge;

/** Known to whoever publishes and to whoever deploys, by the site alone. */
export const copiesOf = (site: Site): readonly Copy[] => layoutOf(site).copies;

/** The aliases that are copies, as the owner writes them. */
export const copiedFrom = (site: Site): ReadonlySet<string> => new Set(layoutOf(site).copies.map(({ from }) => from));

const layouts = new WeakMap<Site, Layout>();

function layoutOf(site: Site): Layout {
  const layout = layouts.get(site) ?? newLayout(site);
  layouts.set(site, layout);
  return layout;
}

/** As many aliases as there is room for are inlined, the first ones; of the others, those that can be copied are. */
function newLayout(site: Site): Layout {
  const rules = rulesOf(site);
  const all = edgeWith(site, rules, false);
  if (bytesOf(all) <= EDGE_BYTES) return { edge: all, copies: [] };
  const candidates = copyable(rules, all);
  const withInlined = (count: number): Edge => {
    const copied = new Set(candidates.slice(count).map(({ rule }) => rule));
    return edgeWith(
      site,
      rules.filter((rule) => !copied.has(rule)),
      copied.size > 0,
    );
  };
  let [fits, tooMany] = [0, candidates.length + 1];
  while (tooMany - fits > 1) {
    const count = (fits + tooMany) >> 1;
    if (bytesOf(withInlined(count)) <= EDGE_BYTES) fits = count;
    else tooMany = count;
  }
  const copies = candidates.slice(fits).map(({ rule: { from, target }, path }) => {
    const of = renamedKey(all.renamed, target) ?? target;
    return { from, path, of, ...present({ type: headersOf(of, false, all)["content-type"] }) };
  });
  return { edge: withInlined(fits), copies };
}

const bytesOf = (edge: Edge): number => new TextEncoder().encode(JSON.stringify(edge)).length;

function edgeWith(site: Site, rules: readonly Rule[], hasCopies: boolean): Edge {
  const { feeds, url, hubs, cacheControl } = site;
  const isPlain = ({ path, query }: Rule) => query === "" && !path.includes("*");
  return {
    feeds,
    hubs,
    cacheControl,
    base: decoded(new URL(feeds).pathname),
    home: decoded(new URL(url).pathname),
    folders: tableOf(foldersOf(site)),
    aliases: tableOf(rules.filter(isPlain).map(({ path, value }) => [path, value])),
    patterns: tableOf(
      rules.filter((rule) => !isPlain(rule)).map(({ path, query, value }) => [`${query} ${path}`, value]),
      { isOrdered: true },
    ),
    renamed: tableOf(renamedChannels(site).map(({ folders: { from, to } }) => [from, to])),
    hasCopies,
  };
}

/** See `folders` of `Edge`. */
function foldersOf({ formats, pages, channels, kinds, archives }: Site): readonly Row[] {
  const letters = (of: readonly string[], hasPage: boolean) =>
    of.map((format) => format.charAt(0)).join("") + (hasPage ? "p" : "");
  return [
    ["", `${letters(formats, pages)}s`],
    ...channels.map((channel): Row => [`${channel.path}/`, letters(channel.formats, pages)]),
    ...Object.entries(kinds).map(([kind, rule]): Row => [`${kind}/*`, letters(rule.formats, pages)]),
    ...(archives ? [["archive/*", letters(formats, false)] as const] : []),
  ];
}
