/** Aliases and retired addresses as the owner writes them → rules as the edge needs them: decoded, composed, without slashes. */
import type { Alias, Retired, Site } from "../site/types.ts";
import { isUrl, paramsOf } from "./address.ts";
import { GONE, MOVED, SERVE } from "./aliases.ts";

export interface Rule {
  /** As the owner writes it. */
  readonly from: string;
  /** Without a slash at either end. */
  readonly path: string;
  /** Its parameters, sorted; empty without any. */
  readonly query: string;
  /** The key, or the URL elsewhere; empty where there is none. */
  readonly target: string;
  /** The value in the edge's table. */
  readonly value: string;
}

/** Of a retired address that is an alias too, only the first: it is retired. */
export const rulesOf = ({ aliases, retired, files }: Site): readonly Rule[] => [
  ...retired.map((each) => ruleOfRetired(each, files.page)),
  ...aliases.map((alias) => ruleOf(alias, SERVE, files.page)),
];

function ruleOfRetired({ from, to }: Retired, page: string): Rule {
  if (to === undefined) return { ...ruleOf({ from, to: "" }, GONE, page), target: "", value: GONE };
  return isUrl(to)
    ? { ...ruleOf({ from, to: "" }, MOVED, page), target: to, value: MOVED + to }
    : ruleOf({ from, to }, MOVED, page);
}

/** A target that is a folder is its page. */
function ruleOf({ from, to }: Alias, sign: string, page: string): Rule {
  const [path = "", query = ""] = from.split("?");
  const [address = ""] = to.split("?");
  const target = decoded(address)
    .replace(/^\/+/, "")
    .replace(/(^|\/)$/, (slash) => slash + page);
  return {
    from,
    path: decoded(path)
      .replace(/^\/+/, "")
      .replace(/(?<!\/)\/+$/, ""),
    query: paramsOf(query).toSorted().join("&"),
    target,
    value: sign + target,
  };
}

/** As written where it is not percent-encoded, such as `100%`. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path).normalize("NFC");
  } catch {
    return path.normalize("NFC");
  }
}
