/** What Netlify and Cloudflare Pages answer, as they are documented, held against the edge's own decisions. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllRedirects } from "@netlify/redirect-parser";
import { afterAll, describe, expect, test } from "vitest";
import { decide } from "../../lib/edge/decide.ts";
import { edgeOf } from "../../lib/edge/edge.ts";
import { request } from "../edge/edges.ts";
import { world } from "../support/world.ts";
import { addresses, expected, type HostedSite, isOwnWay, nameIn, redirectTo, SITES } from "./questions.ts";
import { siteFrom } from "./sites.ts";

const folder = mkdtempSync(join(tmpdir(), "dripfeed-edge-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Redirect {
  readonly from: string;
  readonly to: string;
  readonly query: { readonly [name: string]: string };
  readonly status: number;
  readonly force: boolean;
}

type Files = { readonly [path: string]: string };

interface Host {
  /** Rules apply where there is a file, too, those without placeholders first; there are no queries. */
  readonly isCloudflare: boolean;
}

async function published(given: HostedSite) {
  const site = await world(given.posts, `${given.site}host: netlify\n`);
  const { refused } = await site.publish();
  expect(refused).toBeUndefined();
  const stored = await site.dump(site.public);
  const own = Object.entries(stored).filter(([path]) => !path.startsWith("_"));
  const files: Files = { ...given.pages, ...Object.fromEntries(own.map(([path, text]) => [given.below + path, text])) };
  writeFileSync(join(folder, "_redirects"), stored["_redirects"] ?? "");
  const read = await parseAllRedirects({
    redirectsFiles: [join(folder, "_redirects")],
    configRedirects: [],
    minimal: true,
  });
  return { stored: Object.fromEntries(own), files, rules: read.redirects as readonly Redirect[] };
}

/** The text that each placeholder of a rule stands for. */
function matched({ from, query }: Redirect, path: string, params: URLSearchParams): Map<string, string> | undefined {
  const hasQuery = Object.keys(query).length > 0;
  if (hasQuery && [...params].some(([name, value]) => query[name] !== value)) return undefined;
  if (hasQuery && [...params].length !== Object.keys(query).length) return undefined;
  const wanted = from.replace(/(?<=.)\/$/, "").split("/");
  const given = path.replace(/(?<=.)\/$/, "").split("/");
  const found = new Map<string, string>();
  if (wanted.at(-1) === "*") {
    wanted.pop();
    found.set(":splat", given.splice(wanted.length).join("/") + (path.endsWith("/") ? "/" : ""));
  }
  const fits = wanted.every((part, i) => {
    if (part.startsWith(":")) found.set(part, given[i] ?? "");
    return part.startsWith(":") ? (given[i] ?? "") !== "" : decodeURI(part) === decodeURI(given[i] ?? "");
  });
  return fits && wanted.length === given.length ? found : undefined;
}

function answer(address: string, { files, rules }: { files: Files; rules: readonly Redirect[] }, host: Host) {
  const [path = "", query = ""] = address.split("?");
  const asFile = (of: string): string | undefined => files[decodeURI(of.slice(1)).replace(/(^|\/)$/, "$1index.html")];
  const isDynamic = ({ from }: Redirect) => /[:*]/.test(from);
  const ordered = host.isCloudflare
    ? rules
        .filter((rule) => Object.keys(rule.query).length === 0 && rule.status !== 410)
        .toSorted((a, b) => Number(isDynamic(a)) - Number(isDynamic(b)))
    : rules;
  for (const rule of ordered) {
    const found = matched(rule, path, new URLSearchParams(query));
    if (!found || (asFile(path) !== undefined && !rule.force && !host.isCloudflare)) continue;
    const to = rule.to.replace(/:(?:splat|[a-h])(?!\w)/g, (name) => found.get(name) ?? name);
    if (rule.status === 200) return asFile(to);
    return rule.status === 301 ? { to: to.replace("https://example.com/", "/").replace(/\/\/$/, "/") } : "410";
  }
  return asFile(path) ?? (asFile(`${path}/`) === undefined ? undefined : { to: `${path}/` });
}

interface Difference extends Host {
  readonly address: string;
  readonly got: string;
  readonly wanted: string;
}

/** What `docs/hosts.md` says that these hosts cannot do, or that nobody minds. */
const KNOWN: readonly { readonly what: string; readonly is: (given: Difference) => boolean }[] = [
  { what: "Cloudflare asks for no query", is: ({ isCloudflare, address }) => isCloudflare && address.includes("?") },
  { what: "Cloudflare cannot answer 410", is: ({ isCloudflare, wanted }) => isCloudflare && wanted === "410" },
  { what: "`*` within a name is for documents alone", is: ({ address }) => address.includes("/moved/") },
  {
    what: "everything below a renamed category is redirected, in two steps where a slash is missing",
    is: ({ address, got }) => /\/categor.*(?:drinks|nature)/.test(address) && got.startsWith("301 "),
  },
  {
    what: "a page of another name than index.html is not at the address of its folder",
    is: ({ address, wanted }) => /(?:feeds|频道)\.html$|^to the folder$/.test(wanted) && !/\.\w+$/.test(address),
  },
];

const HOSTS: { readonly [name: string]: Host } = {
  Netlify: { isCloudflare: false },
  "Cloudflare Pages": { isCloudflare: true },
};

describe.each(
  Object.entries(HOSTS).flatMap(([what, host]) => Object.keys(SITES).map((name) => ({ what, host, name }))),
)("$what, $name", ({ host, name }) => {
  test("answers as the edge does, but for what it cannot do", async () => {
    const given = SITES[name];
    if (!given) throw new Error(name);
    const edge = edgeOf(siteFrom(given.site));
    const all = await published(given);
    const differences: string[] = [];
    for (const address of addresses(Object.keys(all.stored), edge.base)) {
      const about = { address, stored: all.stored, site: given };
      const wanted = expected(decide(request(address), edge), about).replace(/^200 [\w+/-]+; charset=utf-8 /, "200 ");
      const text = answer(address, all, host);
      const got =
        text === undefined
          ? "404"
          : typeof text === "string"
            ? text === "410"
              ? text
              : `200 ${nameIn(all.stored, text) ?? text}`
            : redirectTo(301, text.to, address);
      const isKnown = KNOWN.some(({ is }) => is({ address, got, wanted, ...host }));
      if (got !== wanted && !isOwnWay(got, wanted) && !isKnown) differences.push(`${address}: ${got}, not ${wanted}`);
    }
    expect(differences).toEqual([]);
  });
});
