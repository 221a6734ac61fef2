/** `_redirects` and `_headers`, as Netlify and Cloudflare Pages read them: former addresses, types and headers of documents. */
import { copyKey } from "../edge/decide.ts";
import { edgeOf } from "../edge/edge.ts";
import { isOwnKey } from "../edge/folders.ts";
import type { Site } from "../site/types.ts";
import { patternAliases } from "./copies.ts";
import { isReversible } from "./former.ts";
import { headerRules } from "./netlifyheaders.ts";
import { fits, hasWholeNames, linesOf, plainRule } from "./netlifylines.ts";
import { type HostRule, hostRulesOf } from "./rules.ts";
import { type HostLoss, type HostPlan, WRITTEN } from "./types.ts";

const HEAD = `${WRITTEN}, for Netlify and Cloudflare Pages.`;

/** Of Cloudflare Pages; Netlify has none that are as low. */
const MOST = { plain: 2000, dynamic: 100, headers: 100, line: 1000 };

/** `paths`: of the documents that are published. */
export function netlifyPlan(site: Site, paths: readonly string[]): HostPlan {
  const edge = edgeOf(site);
  const { queries, plain, renamed, patterns } = hostRulesOf(site);
  const addresses = paths.flatMap((path) => [edge.base + path, edge.base + path.replace(/(^|\/)index\.html$/, "$1")]);
  // Cloudflare answers by a rule even where there is a document.
  const hides = (rule: HostRule) =>
    rule.answer.kind === "serve" &&
    isReversible(rule.path, rule.answer.key) &&
    addresses.some((each) => fits(rule, each));
  const whole = patterns.filter((rule) => hasWholeNames(rule) && !hides(rule));
  const bases = [...new Set([edge.base, edge.home])];
  const inParts = patterns.filter((rule) => !whole.includes(rule));
  const written = (rules: readonly HostRule[]) => rules.flatMap((rule) => linesOf(rule, edge.base));
  const partial = new Set(inParts.filter(({ answer }) => answer.kind === "serve").map(({ from }) => from));
  const ofChannels = patternAliases(site, paths).flatMap(({ from, path, of }) =>
    partial.has(from)
      ? written(
          bases
            .filter((base) => base !== edge.base || !isOwnKey(copyKey(path), edge))
            .map((base) => plainRule(from, base + path, of)),
        )
      : [],
  );
  // Cloudflare reads those with `*` or a placeholder last, whatever stands where.
  const all = [...written(queries), ...written(plain), ...ofChannels, ...written(renamed), ...written(whole)];
  const short = all.filter(({ text }) => text.length <= MOST.line);
  const fixed = short.filter(({ isDynamic }) => !isDynamic);
  const dynamic = short.filter(({ isDynamic }) => isDynamic);
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
