/** `_redirects` and `_headers`, as Netlify and Cloudflare Pages read them: former addresses, types and headers of documents. */
import { edgeOf } from "../edge/edge.ts";
import { splitKey } from "../edge/folders.ts";
import type { Site } from "../site/types.ts";
import { patternAliases } from "./copies.ts";
import { isReversible, starsIn } from "./former.ts";
import { headerRules } from "./netlifyheaders.ts";
import { encoded, NAMES, placed, sent } from "./netlifypaths.ts";
import { type HostRule, hostRulesOf } from "./rules.ts";
import { type HostLoss, type HostPlan, WRITTEN } from "./types.ts";

const HEAD = `${WRITTEN}, for Netlify and Cloudflare Pages.`;

/** Of Cloudflare Pages; Netlify has none that are as low. */
const MOST = { plain: 2000, dynamic: 100, headers: 100, line: 1000 };

interface Line {
  readonly from: string;
  readonly text: string;
  readonly isDynamic: boolean;
}

/** `paths`: of the documents that are published. */
export function netlifyPlan(site: Site, paths: readonly string[]): HostPlan {
  const edge = edgeOf(site);
  const { queries, plain, renamed, patterns } = hostRulesOf(site);
  const whole = patterns.filter(hasWholeNames);
  const inParts = patterns.filter((rule) => !hasWholeNames(rule));
  const written = (rules: readonly HostRule[]) => rules.flatMap((rule) => linesOf(rule, edge.base));
  const partial = new Set(inParts.filter(({ answer }) => answer.kind === "serve").map(({ from }) => from));
  const ofChannels = patternAliases(site, paths).flatMap(({ from, path, of }) =>
    partial.has(from) ? written([plainRule(from, edge.base + path, of)]) : [],
  );
  // Cloudflare reads those with `*` or a placeholder last, whatever stands where.
  const all = [...written(queries), ...written(plain), ...ofChannels, ...written(renamed), ...written(whole)];
  const fits = all.filter(({ text }) => text.length <= MOST.line);
  const fixed = fits.filter(({ isDynamic }) => !isDynamic);
  const dynamic = fits.filter(({ isDynamic }) => isDynamic);
  const kept = [...fixed.slice(0, MOST.plain), ...dynamic.slice(0, MOST.dynamic)];
  const names = new Set(kept.map(({ from }) => from));
  const headers = headerRules(site, paths);
  return {
    files: [
      { path: "_redirects", text: [HEAD, ...kept.map(({ text }) => text), ""].join("\n") },
      { path: "_headers", text: [HEAD, ...headers.slice(0, MOST.headers), ""].join("\n") },
    ],
    losses: losses([
      [
        "Netlify cannot ask for",
        queries.filter((rule) => linesOf(rule, edge.base).length === 0),
        "give each parameter a value",
      ],
      [
        "Cloudflare Pages asks for no query, so these are for Netlify alone",
        queries,
        "keep the addresses without `?`, if the site had them too",
      ],
      [
        "Cloudflare Pages cannot answer 410, so these are gone on Netlify alone",
        gone([...plain, ...patterns]),
        "let them answer 404 there",
      ],
      ["there is no room for", all.filter(({ from }) => !names.has(from)), "name fewer aliases, or shorter ones"],
      [
        "these cannot be written",
        inParts.filter(({ path, answer }) => answer.kind !== "serve" || !isReversible(path, answer.key)),
        "let `*` be a whole name between two slashes",
      ],
      [
        "there is no room for the headers of",
        headers.slice(MOST.headers).map((from) => ({ from: from.split("\n")[0] ?? "" })),
        "name fewer channels, or fewer formats",
      ],
      ...(edge.base === "/"
        ? []
        : [
            [
              `these files are read at the root of what you deploy, and the feeds are at ${edge.base}`,
              [{ from: "_redirects" }, { from: "_headers" }],
              "copy both there, or deploy the public store by itself",
            ] as const,
          ]),
    ]),
  };
}

const losses = (
  given: readonly (readonly [what: string, rules: readonly { readonly from: string }[], fix: string])[],
) =>
  given.flatMap(([what, rules, fix]): readonly HostLoss[] =>
    rules.length > 0 ? [{ what, names: [...new Set(rules.map(({ from }) => from))], fix }] : [],
  );

const gone = (rules: readonly HostRule[]) => rules.filter(({ answer }) => answer.kind === "gone");

/** A placeholder is a whole name between two slashes, and ends where letters do. */
const hasWholeNames = ({ path, answer }: HostRule): boolean =>
  path.split("/").every((name) => name === "*" || !name.includes("*")) &&
  starsIn(path) <= NAMES.length &&
  !/\*\w/.test(answer.kind === "serve" ? answer.key : answer.kind === "moved" ? answer.url : "");

const plainRule = (from: string, path: string, key: string): HostRule => {
  return { from, path, query: "", answer: { kind: "serve", key } };
};

/** With and without a slash at the end of a name that has no extension: Cloudflare takes them for two. */
function linesOf({ from, path, query, answer, below }: HostRule, base: string): readonly Line[] {
  const params = query === "" ? [] : query.split("&").map(param);
  if (params.includes(undefined)) return [];
  const to =
    answer.kind === "moved" ? filled(answer.url) : answer.kind === "gone" ? "/" : placed(target(base + answer.key));
  const status = { serve: 200, moved: 301, gone: 410 }[answer.kind];
  // One rule for all of them: neither host knows the end of a name after the folders.
  if (below === "") return [{ from, text: `${encoded(path)}/* ${to}/:splat ${status}`, isDynamic: true }];
  if (below !== undefined) return [];
  const address = placed(path) || "/";
  const isFile = splitKey(path).file.includes(".") || address === "/";
  const isDynamic = path.includes("*");
  return (isFile ? [address] : [address, `${address}/`]).map((each) => {
    return { from, text: [each, ...params, to, String(status)].join(" "), isDynamic };
  });
}

/** `name=value`, or nothing where it is not that. A `:` would be a placeholder. */
function param(given: string): string | undefined {
  const [name = "", ...value] = given.split("=");
  if (name === "" || value.length === 0 || value.join("") === "") return undefined;
  return `${sent(name)}=${sent(value.join("="))}`;
}

/** The address elsewhere as it is, but for signs that would be placeholders. */
function filled(url: string): string {
  const { origin } = new URL(url);
  let count = 0;
  return (
    origin +
    url
      .slice(origin.length)
      .replaceAll(":", "%3A")
      .replace(/\*/g, () => `:${NAMES[count++]}`)
  );
}

/** A page by its folder: both hosts redirect from `index.html`. */
const target = (path: string): string => path.replace(/(^|\/)index\.html$/, "$1");
