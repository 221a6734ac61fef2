/** What a host has to answer at former addresses: the same aliases, retired and renamed addresses as at the edge, in the same order. */
import { encodePath, isUrl } from "../edge/address.ts";
import { GONE, MOVED, renamedKey } from "../edge/aliases.ts";
import { decide } from "../edge/decide.ts";
import { edgeOf } from "../edge/edge.ts";
import { type Edge, FEEDS, folderAt, hasPage, nameOf, PAGE, splitKey } from "../edge/folders.ts";
import type { Rule } from "../edge/rules.ts";
import type { Site } from "../site/types.ts";
import { formerFolders, hostRules, starsIn } from "./former.ts";

export type HostAnswer =
  /** `person`: the page that a browser is led to. Paths of the store; a `*` stands for what the rule's matched. */
  | { readonly kind: "serve"; readonly key: string; readonly person?: string }
  | { readonly kind: "moved"; readonly url: string }
  | { readonly kind: "gone" };

export interface HostRule {
  /** As the owner writes it. */
  readonly from: string;
  /** Decoded, from the first slash of the address, without one at its end; `*` is part of a name. */
  readonly path: string;
  /** Its parameters, sorted; empty without any. */
  readonly query: string;
  readonly answer: HostAnswer;
  /**
   * A file of this name in the path and in every folder below is meant; for an empty one, these folders. What is between is added
   * to the answer's `url`, and so is the name.
   */
  readonly below?: string;
}

/** Rules in the groups between which documents come: those with a query, plain ones, renamed folders, those with `*`. */
export interface HostRules {
  readonly queries: readonly HostRule[];
  readonly plain: readonly HostRule[];
  readonly renamed: readonly HostRule[];
  readonly patterns: readonly HostRule[];
}

export function hostRulesOf(site: Site): HostRules {
  const edge = edgeOf(site);
  const rules = hostRules(site).flatMap((rule) => writtenOut(rule, edge));
  const seen = new Set<string>();
  const first = rules.filter(({ path, query }) => {
    const name = `${query} ${path}`;
    return seen.has(name) ? false : seen.add(name);
  });
  const hasStar = ({ path }: HostRule) => path.includes("*");
  const without = first.filter(({ query }) => query === "");
  return {
    queries: first.filter(({ query }) => query !== ""),
    plain: [...without.filter((rule) => !hasStar(rule)), ...renamedDocuments(edge)].filter(
      (rule) => !isHidden(rule, edge),
    ),
    renamed: renamedCategories(edge),
    patterns: without.filter(hasStar),
  };
}

/** Below the feeds' URL and below the site's own. */
function writtenOut(rule: Rule, edge: Edge): readonly HostRule[] {
  const { from, query } = rule;
  if (!canBeSent(rule) || !isFilled(rule)) return [];
  const answer = answerOf(rule, edge);
  return [...new Set([edge.base, edge.home])].flatMap((base) => {
    const path = base + rule.path;
    const isItself = answer.kind === "serve" && path === edge.base + answer.key;
    return isItself ? [] : [{ from, path: withoutSlash(path), query, answer }];
  });
}

const canBeSent = ({ path, query, target }: Rule): boolean =>
  !/[\u0000-\u001f\u007f]/.test(path + query + target) && (path + query + target).isWellFormed();

/** Each `*` of the target is what one of the path matched; a name has one at most. */
const isFilled = ({ path, target }: Rule): boolean =>
  starsIn(target) <= starsIn(path) && path.split("/").every((name) => starsIn(name) < 2);

export const withoutSlash = (path: string): string => path.replace(/\/$/, "");

function answerOf({ value, target: given }: Rule, edge: Edge): HostAnswer {
  if (value === GONE) return { kind: "gone" };
  const target = renamedKey(given, edge) ?? given;
  if (value.startsWith(MOVED)) return { kind: "moved", url: isUrl(given) ? elsewhere(given) : urlAt(target, edge) };
  const { folder, file } = splitKey(target);
  const isFeed = FEEDS.some((feed) => nameOf(feed, edge) === file);
  const person =
    isFeed && hasPage(folderAt(folder.replaceAll("*", "x"), edge)) ? { person: folder + nameOf(PAGE, edge) } : {};
  return { kind: "serve", key: target, ...person };
}

/** As a browser would send it, with nothing in it that a configuration could read as its own. */
const elsewhere = (url: string): string =>
  new URL(url).href.replace(
    /[^\w\-.~:/?#[\]@!&'()*+,;=%]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );

/** A page is addressed by its folder. */
export const urlAt = (key: string, edge: Pick<Edge, "feeds">): string =>
  edge.feeds + encodePath(key).replace(/(^|\/)index\.html$/, "$1");

/** A document comes before an alias at its address: asked of the edge, so that there is one answer. */
function isHidden({ path, answer }: HostRule, edge: Edge): boolean {
  const decision = decide({ method: "GET", path: encodePath(path || "/"), query: "", headers: {} }, edge);
  if (answer.kind === "gone") return decision.kind !== "refuse" || decision.status !== 410;
  if (answer.kind === "moved") return decision.kind !== "redirect";
  return decision.kind !== "serve" || decision.key !== answer.key;
}

/** Names that documents of renamed channels may have; the empty one is their folder. */
const namesIn = (edge: Edge): readonly string[] => ["", ...edge.files];

/** Of channels that have none below them. */
function renamedDocuments(edge: Edge): readonly HostRule[] {
  return formerFolders(edge).flatMap(({ from, to, isDeep }) =>
    (isDeep ? [] : namesIn(edge)).map((name): HostRule => {
      const path = withoutSlash(`${edge.base}${from}/${name}`);
      return { from, path, query: "", answer: { kind: "moved", url: urlAt(`${to}/${name}`, edge) } };
    }),
  );
}

/** The deepest first. */
function renamedCategories(edge: Edge): readonly HostRule[] {
  const rules = formerFolders(edge).flatMap(({ from, to, isDeep }) => {
    const answer = { kind: "moved", url: edge.feeds + encodePath(to) } as const;
    const path = edge.base + from;
    return (isDeep ? namesIn(edge) : []).map((below): HostRule => ({ from, path, query: "", answer, below }));
  });
  return rules.toSorted((a, b) => b.path.split("/").length - a.path.split("/").length);
}

/** What follows the folders below, in the answer to a rule with `below`. */
export const endOf = ({ below }: HostRule): string => (below === "index.html" ? "/" : `/${encodePath(below ?? "")}`);
