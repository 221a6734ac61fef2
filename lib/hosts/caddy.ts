/** The configuration that a Caddy server imports: former addresses, types and headers of documents, pages for people. */
import { edgeOf } from "../edge/edge.ts";
import type { Edge } from "../edge/folders.ts";
import type { Site } from "../site/types.ts";
import { PERSON, served, text } from "./caddyserved.ts";
import { anyOrder, ownAddresses, sentWhole, whole } from "./patterns.ts";
import { endOf, type HostRule, hostRulesOf, urlAt } from "./rules.ts";
import { type HostPlan, WRITTEN } from "./types.ts";

export const CADDY_FILE = "dripfeed.caddy";

const HEAD = `${WRITTEN} for Caddy: write \`import …/${CADDY_FILE}\` in the site's block, and reload Caddy when it changes.`;

export function caddyPlan(site: Site): HostPlan {
  const edge = edgeOf(site);
  const { queries, plain, renamed, patterns } = hostRulesOf(site);
  const lost: string[] = [];
  let count = 0;
  /** Of such blocks in a `handle` the first that matches counts; of those in a `route`, in some versions, all. */
  const handle = (conditions: readonly string[], directive: string): readonly string[] => {
    const name = `@dripfeed_${++count}`;
    return [
      ...[`  ${name} {`, ...conditions.map((each) => `    ${each}`), "  }"],
      ...[`  handle ${name} {`, `    ${directive}`, "  }"],
    ];
  };
  const lines = (rules: readonly HostRule[]) =>
    rules.flatMap((rule) => {
      const blocks = blocksOf(rule, edge);
      if (!blocks) lost.push(rule.from);
      return (blocks ?? []).flatMap(([conditions, directive]) => handle(conditions, directive));
    });
  const own = ownAddresses(edge);
  const documents = own ? handle([`path_regexp ${text(own)}`], "vars dripfeed own") : [];
  const all = [
    HEAD,
    "route {",
    "  handle {",
    ...[...lines(queries), ...lines(plain), ...lines(renamed)],
    ...(patterns.length > 0 ? documents : []),
    ...lines(patterns),
    "  }",
    ...served(edge),
    "}",
    "",
  ].join("\n");
  const fix = "write it with at most four parameters";
  const losses = lost.length > 0 ? [{ what: "Caddy cannot ask for", names: lost, fix }] : [];
  return { files: [{ path: CADDY_FILE, text: all }], losses };
}

/** `{re.at.1}` and so on for each `*`; in a `Location` `{re.sent.1}`, since it has to be percent-encoded. */
function filled(given: string, as: "at" | "sent"): string {
  let group = 0;
  return given.replace(/\*/g, () => `{re.${as}.${++group}}`);
}

/** Decoded: not every version decodes what it rewrites to. But for what would be a query, a placeholder or the end; `*` stays. */
const target = (path: string): string => text(filled(path.replace(/[%?#{}"\\]/g, encodeURIComponent), "at"));

/** Conditions that all hold, and what is done then. */
type Block = readonly [conditions: readonly string[], directive: string];

function blocksOf(rule: HostRule, edge: Edge): readonly Block[] | undefined {
  const { query, answer, below } = rule;
  const sent = query === "" ? "" : anyOrder(query);
  if (sent === undefined) return undefined;
  const leadsOn = answer.kind === "moved" || (answer.kind === "serve" && answer.person !== undefined);
  const isFilled = leadsOn && (below !== undefined || rule.path.includes("*"));
  const conditions = [
    `path_regexp at ${text(whole(rule))}`,
    ...(isFilled ? [`vars_regexp sent {http.request.uri} ${text(sentWhole(rule))}`] : []),
    ...(sent === "" ? [] : [`vars_regexp query {http.request.uri.query} ${text(`^${sent}$`)}`]),
  ];
  switch (answer.kind) {
    case "gone":
      return [[conditions, 'respond "This feed has ended, and is gone for good." 410']];
    case "moved": {
      const url = below === undefined ? filled(answer.url, "sent") : `${answer.url}{re.sent.1}${endOf(rule)}`;
      return [[conditions, `redir * ${text(url)} 301`]];
    }
    case "serve": {
      const serve: Block = [conditions, `rewrite * ${target(edge.base + answer.key)}`];
      if (answer.person === undefined) return [serve];
      // A page's relative links work only at its own address.
      const page = text(filled(urlAt(answer.person, edge), "sent"));
      return [[[...conditions, ...PERSON], `redir * ${page} 302`], serve];
    }
  }
}
