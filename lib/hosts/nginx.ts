/** The configuration that an nginx server includes: former addresses, types and headers of documents, pages for people. */
import { edgeOf } from "../edge/edge.ts";
import { type Edge, FEEDS, letterOf, nameOf, PAGE } from "../edge/folders.ts";
import { headersOf } from "../edge/headers.ts";
import type { Site } from "../site/types.ts";
import { anyOrder, ownAddresses, servedFiles, whole } from "./patterns.ts";
import { endOf, type HostRule, hostRulesOf, urlAt } from "./rules.ts";
import { type HostPlan, WRITTEN } from "./types.ts";

export const NGINX_FILE = "dripfeed.nginx.conf";

const HEAD = `${WRITTEN} for nginx: write \`include …/${NGINX_FILE};\` in the server block, and reload nginx when it changes.
set $dripfeed_as reader;
if ($http_sec_fetch_dest = document) { set $dripfeed_as person; }
if ($args ~ "(?:^|&)raw(?:=|&|$)") { set $dripfeed_as raw; }
set $dripfeed_asked "$dripfeed_as $args $uri";
`;

export function nginxPlan(site: Site): HostPlan {
  const edge = edgeOf(site);
  const { queries, plain, renamed, patterns } = hostRulesOf(site);
  const lost: string[] = [];
  const lines = (rules: readonly HostRule[]) =>
    rules.flatMap((rule) => {
      const written = linesOf(rule, edge);
      if (!written) lost.push(rule.from);
      return written ?? [];
    });
  const own = ownAddresses(edge);
  const documents = own ? [`if ($uri ~ ${pattern(own)}) { break; }`] : [];
  const text = [
    HEAD,
    ...lines(queries),
    ...lines(plain),
    ...lines(renamed),
    ...(patterns.length > 0 ? documents : []),
    ...lines(patterns),
    "",
    ...locations(edge),
    "",
  ].join("\n");
  const fix = "write it without $, ? and with at most four parameters";
  const losses = lost.length > 0 ? [{ what: "nginx cannot name", names: lost, fix }] : [];
  return { files: [{ path: NGINX_FILE, text }], losses };
}

const HTML = "text/html";

/** In quotes; nginx has no way to write a `$` in what it fills in. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** Regular expressions have no quotes, and no backslash but before what nginx leaves as it is (`literal`). */
const pattern = (text: string): string => `"${text}"`;

/** Filled from the groups of the rule, one after the other. */
function filled(text: string): string {
  let group = 0;
  return text.replace(/\*/g, () => `$${++group}`);
}

/** A condition on who asks, with which query, at which path: `if` has no `and`. */
const asked = (who: string, query: string, at: string): string =>
  `if ($dripfeed_asked ~ ${pattern(`^${who} ${query} ${at.slice(1)}`)})`;

/** Nothing where nginx has no way to say it. */
function linesOf(rule: HostRule, edge: Edge): readonly string[] | undefined {
  const { query, answer, below } = rule;
  const sent = query === "" ? "[^ ]*" : anyOrder(query);
  if (sent === undefined) return undefined;
  const at = whole(rule);
  const isFor = (line: string): string => (query === "" ? line : `${asked("[a-z]+", sent, at)} { ${line} }`);
  switch (answer.kind) {
    case "gone":
      return [`${asked("[a-z]+", sent, at)} { return 410; }`];
    case "moved": {
      const url = answer.url.replaceAll("$", "%24");
      const to = below === undefined ? filled(url) : `${url}$1${endOf(rule)}`;
      return [isFor(`rewrite ${pattern(at)} ${quoted(`${to}?`)} permanent;`)];
    }
    case "serve": {
      const target = edge.base + answer.key;
      if (/[$?]/.test(target)) return undefined;
      const serve = isFor(`rewrite ${pattern(at)} ${quoted(filled(target))} last;`);
      if (answer.person === undefined) return [serve];
      // A page's relative links work only at its own address.
      const page = quoted(`${filled(urlAt(answer.person, edge))}?`);
      return [`${asked("person", sent, at)} { rewrite ${pattern(at)} ${page} redirect; }`, serve];
    }
  }
}

/** For each name of a document its type and headers; a person is shown the page beside a feed, else the feed as text. */
function locations(edge: Edge): readonly string[] {
  const files = servedFiles(edge);
  const page = files.find(({ file }) => file === PAGE);
  return files.flatMap(({ folders, file, name: called }) => {
    const isFeed = FEEDS.includes(file);
    const name = file === PAGE ? `(?:${called})?` : called;
    const isShown = file.shown !== file.type;
    const hasPages = isFeed && page !== undefined;
    const toPage = `    ${asked("person", "[^ ]*", `^${page?.folders}[^/]*$`)} { rewrite "^(.*/)[^/]*$" "$1${nameOf(PAGE, edge)}" last; }`;
    return [
      `location ~ ${pattern(`^${folders}${name}$`)} {`,
      ...typeLines(file.type),
      ...(file === PAGE ? [`    index index.html ${quoted(nameOf(file, edge))};`] : []),
      ...(isShown ? [`    error_page 418 = @dripfeed_shown_${letterOf(file)};`] : []),
      ...headerLines(edge, isShown || file === PAGE),
      ...GZIP,
      `    if ($request_method = OPTIONS) { return 204; }`,
      ...(hasPages ? [toPage] : []),
      ...(isShown ? ["    if ($dripfeed_as != reader) { return 418; }"] : []),
      "}",
      ...(isShown
        ? [
            `location @dripfeed_shown_${letterOf(file)} {`,
            ...typeLines(file.shown),
            ...headerLines(edge, true),
            ...GZIP,
            "}",
          ]
        : []),
    ];
  });
}

const GZIP = ["    gzip on;", "    gzip_vary on;"];

const typeLines = (type: string): readonly string[] => [
  "    types { }",
  `    default_type ${type};`,
  "    charset utf-8;",
  // Compression goes by the type as it is here, so that the charset must not be part of it; HTML is always among both.
  ...(type === HTML ? [] : [`    charset_types ${type};`, `    gzip_types ${type};`]),
];

function headerLines(edge: Edge, isVarying: boolean): readonly string[] {
  const headers = { ...headersOf("", false, edge), ...(isVarying ? { vary: "Sec-Fetch-Dest" } : {}) };
  const preflight = { "access-control-allow-methods": "GET, HEAD", "access-control-allow-headers": "*" };
  return Object.entries({ ...headers, ...preflight })
    .filter(([, value]) => !value.includes("$"))
    .map(([name, value]) => `    add_header ${name} ${quoted(value)};`);
}
