/** The lines of `_redirects` for a rule. */
import { starIn } from "../edge/address.ts";
import { splitKey } from "../edge/folders.ts";
import { starsIn } from "./former.ts";
import { encoded, NAMES, placed, sent } from "./netlifypaths.ts";
import { type HostRule, withoutSlash } from "./rules.ts";

export interface RedirectLine {
  readonly from: string;
  readonly text: string;
  readonly isDynamic: boolean;
}

/** A placeholder is a whole name between two slashes, and ends where letters do. */
export const hasWholeNames = ({ path, answer }: HostRule): boolean =>
  path.split("/").every((name) => name === "*" || !name.includes("*")) &&
  starsIn(path) <= NAMES.length &&
  !/\*\w/.test(answer.kind === "serve" ? answer.key : answer.kind === "moved" ? answer.url : "");

/** Whether a rule with `*` is for this address. */
export function fits({ path }: HostRule, address: string): boolean {
  const wanted = path.split("/");
  const given = withoutSlash(address).split("/");
  const isOf = (part: string, i: number) => part === given[i] || starIn(part, given[i] ?? "") !== undefined;
  return wanted.length === given.length && wanted.every(isOf);
}

export const plainRule = (from: string, path: string, key: string): HostRule => {
  return { from, path, query: "", answer: { kind: "serve", key } };
};

/** With and without a slash at the end of a name that has no extension: Cloudflare takes them for two. */
export function linesOf({ from, path, query, answer, below }: HostRule, base: string): readonly RedirectLine[] {
  const params = query === "" ? [] : query.split("&").map(param);
  if (params.includes(undefined)) return [];
  const to =
    answer.kind === "moved" ? filled(answer.url) : answer.kind === "gone" ? "/" : placed(target(base + answer.key));
  const status = { serve: 200, moved: 301, gone: 410 }[answer.kind];
  // One rule for all of them: neither host knows the end of a name after the folders.
  if (below === "") return [{ from, text: `${encoded(path)}/* ${to}/:splat ${status}`, isDynamic: true }];
  if (below !== undefined) return [];
  const address = placed(path) || "/";
  // Netlify asks rules only where there is no file, and with a query there mostly is one: the home page.
  const force = query === "" ? "" : "!";
  const isFile = splitKey(path).file.includes(".") || address === "/";
  const isDynamic = path.includes("*");
  return (isFile ? [address] : [address, `${address}/`]).map((each) => {
    return { from, text: [each, ...params, to, status + force].join(" "), isDynamic };
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
