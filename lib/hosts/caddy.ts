/** The configuration that a Caddy server imports: former addresses, types and headers of documents, pages for people. */
import { encodePath } from "../edge/address.ts";
import { edgeOf } from "../edge/edge.ts";
import { type Edge, FEEDS, nameOf, PAGE } from "../edge/folders.ts";
import { headersOf } from "../edge/headers.ts";
import type { Site } from "../site/types.ts";
import { anyOrder, literal, servedFiles, whole } from "./patterns.ts";
import { type HostRule, hostRulesOf, urlAt } from "./rules.ts";
import { type HostPlan, WRITTEN } from "./types.ts";

export const CADDY_FILE = "dripfeed.caddy";

const HEAD = `${WRITTEN} for Caddy: write \`import …/${CADDY_FILE}\` in the site's block, and reload Caddy when it changes.`;

/** A browser that opens the address for a person, who does not ask for `?raw`. */
const PERSON = ["header Sec-Fetch-Dest document", "not query raw=*"];

export function caddyPlan(site: Site): HostPlan {
  const edge = edgeOf(site);
  const { queries, plain, renamed, patterns } = hostRulesOf(site);
  const lost: string[] = [];
  let count = 0;
  /** Of the blocks of a route the first that matches counts. */
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
  const own = servedFiles(edge).map(({ folders, name }) => folders + name);
  const documents =
    own.length > 0 ? handle([`path_regexp ${text(`^(?:${own.join("|")})$`)}`], "vars dripfeed own") : [];
  const all = [
    HEAD,
    "route {",
    ...[...lines(queries), ...lines(plain), ...lines(renamed)],
    ...(patterns.length > 0 ? documents : []),
    ...lines(patterns),
    ...served(edge),
    "}",
    "",
  ].join("\n");
  const fix = "write it with at most four parameters";
  const losses = lost.length > 0 ? [{ what: "Caddy cannot ask for", names: lost, fix }] : [];
  return { files: [{ path: CADDY_FILE, text: all }], losses };
}

/** In quotes, in which only they are escaped, and braces are placeholders: there are none in what is written. */
const text = (given: string): string => `"${given.replaceAll('"', '\\"')}"`;

/** `{re.at.1}` and so on for each `*`. */
function filled(given: string): string {
  let group = 0;
  return given.replace(/\*/g, () => `{re.at.${++group}}`);
}

/** Paths as they are sent, which Caddy decodes; `*` stays. */
const target = (path: string): string => text(filled(encodePath(path)));

/** Conditions that all hold, and what is done then. */
type Block = readonly [conditions: readonly string[], directive: string];

function blocksOf({ path, query, answer, isFolder }: HostRule, edge: Edge): readonly Block[] | undefined {
  const sent = query === "" ? "" : anyOrder(query);
  if (sent === undefined) return undefined;
  const at = whole(path);
  const below = `${at.slice(0, -"/?$".length)}((?:/[^\\x00-\\x20\\x7f%?#{}\\x22\\x5c]*)?)$`;
  const conditions = [
    `path_regexp at ${text(isFolder ? below : at)}`,
    ...(sent === "" ? [] : [`vars_regexp query {http.request.uri.query} ${text(`^${sent}$`)}`]),
  ];
  switch (answer.kind) {
    case "gone":
      return [[conditions, 'respond "This feed has ended, and is gone for good." 410']];
    case "moved":
      return [[conditions, `redir * ${text(isFolder ? `${answer.url}{re.at.1}` : filled(answer.url))} 301`]];
    case "serve": {
      const serve: Block = [conditions, `rewrite * ${target(edge.base + answer.key)}`];
      if (answer.person === undefined) return [serve];
      // A page's relative links work only at its own address.
      const page = text(filled(urlAt(answer.person, edge)));
      return [[[...conditions, ...PERSON], `redir * ${page} 302`], serve];
    }
  }
}

/** For each name of a document its type and headers; a person is shown the page beside a feed, else the feed as text. */
function served(edge: Edge): readonly string[] {
  const files = servedFiles(edge);
  const page = files.find(({ file }) => file === PAGE);
  const feeds = FEEDS.map((feed) => literal(nameOf(feed, edge))).join("|");
  // Caddy serves what is called so at the address of a folder.
  const name = nameOf(PAGE, edge) === "index.html" ? "" : nameOf(PAGE, edge);
  const at = `path_regexp served ${text(`^(${page?.folders})(?:${feeds})$`)}`;
  const toPage = page
    ? [
        "  @dripfeed_page {",
        ...[at, ...PERSON].map((line) => `    ${line}`),
        "  }",
        `  rewrite @dripfeed_page {re.served.1}${name}`,
        ...(name === "" ? [] : [`  @dripfeed_folder path_regexp folder ${text(`^(${page.folders})$`)}`]),
        ...(name === "" ? [] : [`  rewrite @dripfeed_folder {re.folder.1}${name}`]),
      ]
    : [];
  const types = files.flatMap(({ folders, file, name }, i) => {
    const pattern = text(`^${folders}${file === PAGE ? `(?:${name})?` : name}$`);
    const isShown = file.shown !== file.type;
    const headers = {
      ...headersOf("", false, edge),
      ...(isShown || file === PAGE ? { vary: "Sec-Fetch-Dest" } : {}),
    };
    const header = (type: string) => `Content-Type "${type}; charset=utf-8"`;
    return [
      `  @dripfeed_type_${i} path_regexp ${pattern}`,
      `  header @dripfeed_type_${i} {`,
      `    ${header(file.type)}`,
      ...Object.entries(headers)
        .filter(([, value]) => !/[{}]/.test(value))
        .map(([key, value]) => `    ${key} ${text(value)}`),
      "  }",
      ...(isShown
        ? [
            ...[`  @dripfeed_shown_${i} {`, `    path_regexp ${pattern}`, "    header Sec-Fetch-Dest document", "  }"],
            `  header @dripfeed_shown_${i} ${header(file.shown)}`,
            ...[`  @dripfeed_raw_${i} {`, `    path_regexp ${pattern}`, "    query raw=*", "  }"],
            `  header @dripfeed_raw_${i} ${header(file.shown)}`,
          ]
        : []),
      ...[`  @dripfeed_ask_${i} {`, `    path_regexp ${pattern}`, "    method OPTIONS", "  }"],
      `  header @dripfeed_ask_${i} Access-Control-Allow-Methods "GET, HEAD"`,
      `  header @dripfeed_ask_${i} Access-Control-Allow-Headers *`,
      `  respond @dripfeed_ask_${i} 204`,
    ];
  });
  return [...toPage, ...types];
}
