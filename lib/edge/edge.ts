/** Site → what the edge knows of it, small enough to be inlined in an edge function, and which aliases are copies instead. */
import { present } from "../base/optional.ts";
import { renamedChannels } from "../channels/renamed.ts";
import type { Site } from "../site/types.ts";
import { renamedKey } from "./aliases.ts";
import { copyable } from "./copyable.ts";
import { DEEP, type Edge } from "./folders.ts";
import { headersOf } from "./headers.ts";
import { type Row, tableOf } from "./rows.ts";
import { decoded, type Rule, rulesOf } from "./rules.ts";

/** For `edge` as JSON. The code is the rest of CloudFront's 10,240 bytes: `test/infra/edge.test.ts` adds them up. */
export const EDGE_BYTES = 2_230;

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
  // Other hosts have their own ways (`lib/hosts/`), and no limit: only the preview decides by this.
  if (site.host !== "edge" || bytesOf(all) <= EDGE_BYTES) return { edge: all, copies: [] };
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
    const of = renamedKey(target, all) ?? target;
    return { from, path, of, ...present({ type: headersOf(of, false, all)["content-type"] }) };
  });
  return { edge: withInlined(fits), copies };
}

const bytesOf = (edge: Edge): number => new TextEncoder().encode(JSON.stringify(edge)).length;

function edgeWith(site: Site, rules: readonly Rule[], hasCopies: boolean): Edge {
  const { feeds, url, hubs, cacheControl, files } = site;
  const isPlain = ({ path, query }: Rule) => query === "" && !path.includes("*");
  return {
    feeds,
    hubs,
    cacheControl,
    base: decoded(new URL(feeds).pathname),
    home: decoded(new URL(url).pathname),
    files: [files.rss, files.atom, files.json, files.page],
    folders: tableOf(foldersOf(site)),
    aliases: tableOf(rules.filter(isPlain).map(({ path, value }) => [path, value])),
    patterns: tableOf(
      rules.filter((rule) => !isPlain(rule)).map(({ path, query, value }) => [`${query} ${path}`, value]),
      { isOrdered: true },
    ),
    renamed: tableOf(renamedRows(site)),
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
    ...Object.entries(kinds).map(([kind, { path, formats }]): Row => {
      const isDeep = kind === "categories";
      return [path.slice(0, -1).replace("{slug}", "*"), letters(formats, pages) + (isDeep ? DEEP : "")];
    }),
    ...(archives ? [["archive/*", letters(formats, false) + DEEP] as const] : []),
  ];
}

/** See `renamed` of `Edge`. */
function renamedRows(site: Site): readonly Row[] {
  const [, after = ""] = site.kinds["categories"]?.path.slice(0, -1).split("{slug}") ?? [];
  const bare = (folder: string) => (after !== "" && folder.endsWith(after) ? folder.slice(0, -after.length) : folder);
  return renamedChannels(site).map(({ kind, folders: { from, to } }) =>
    kind === "categories" ? [`${bare(from)}/*`, bare(to)] : [from, to],
  );
}
