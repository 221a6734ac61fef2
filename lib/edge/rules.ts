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
export const rulesOf = ({ aliases, retired }: Site): readonly Rule[] => [
  ...retired.map(ruleOfRetired),
  ...aliases.map((alias) => ruleOf(alias, SERVE)),
];

function ruleOfRetired({ from, to }: Retired): Rule {
  if (to === undefined) return { ...ruleOf({ from, to: "" }, GONE), target: "", value: GONE };
  return isUrl(to)
    ? { ...ruleOf({ from, to: "" }, MOVED), target: to, value: MOVED + to }
    : ruleOf({ from, to }, MOVED);
}

function ruleOf({ from, to }: Alias, sign: string): Rule {
  const [path = "", query = ""] = from.split("?");
  const [address = ""] = to.split("?");
  const target = decoded(address)
    .replace(/^\/+/, "")
    .replace(/(^|\/)$/, "$1index.html");
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
