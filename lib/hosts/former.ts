/** Aliases with `*`, asked for by the former name of a renamed channel: a host cannot look it up, so each has a rule of its own. */
import { isUrl, starIn } from "../edge/address.ts";
import { patternAt, SERVE } from "../edge/aliases.ts";
import { edgeOf } from "../edge/edge.ts";
import type { Edge } from "../edge/folders.ts";
import { tableOf } from "../edge/rows.ts";
import { type Rule, rulesOf } from "../edge/rules.ts";
import { eachRow } from "../edge/tables.ts";
import type { Site } from "../site/types.ts";

export const starsIn = (text: string): number => text.split("*").length - 1;

/** What each `*` matched can be read from the target. */
export const isReversible = (path: string, target: string): boolean =>
  starsIn(path) > 0 && starsIn(path) === starsIn(target);

/** The rules of the site; those without `*` first, and before each of the others what it means for renamed channels. */
export function hostRules(site: Site): readonly Rule[] {
  const edge = edgeOf(site);
  const rules = rulesOf(site);
  const patterns = rules.filter(hasStar).flatMap((rule) => [...formerOf(rule, edge), rule]);
  return [...rules.filter((rule) => !hasStar(rule)), ...patterns];
}

/** Those alone that are for renamed channels. */
export const formerRules = (site: Site): readonly Rule[] =>
  rulesOf(site)
    .filter(hasStar)
    .flatMap((rule) => formerOf(rule, edgeOf(site)));

interface FormerFolder {
  readonly from: string;
  readonly to: string;
  /** Of a category: all that is below it has moved, too. */
  readonly isDeep: boolean;
}

/** The folders of renamed channels, without a slash at the end. */
export function formerFolders(edge: Edge): readonly FormerFolder[] {
  const folders: FormerFolder[] = [];
  eachRow(edge.renamed, (row, to) => {
    const isDeep = row.endsWith("/*");
    folders.push({ from: isDeep ? row.slice(0, -"/*".length) : row, to, isDeep });
    return undefined;
  });
  return folders;
}

const hasStar = ({ path }: Rule): boolean => path.includes("*");

function formerOf(rule: Rule, edge: Edge): readonly Rule[] {
  const { path, target, value } = rule;
  if (isUrl(target) || !isReversible(path, target)) return [];
  const back = tableOf([[` ${target}`, SERVE + path]], { isOrdered: true });
  const wanted = target.split("/");
  return formerFolders(edge).flatMap(({ from, to, isDeep }) => {
    const names = from.split("/");
    const isWhole = names.length === wanted.length - 1;
    const isNamed = names.every((name, i) => name === wanted[i] || starIn(wanted[i] ?? "", name) !== undefined);
    if (!isNamed || (isDeep ? names.length >= wanted.length : !isWhole)) return [];
    const rest = wanted
      .slice(names.length)
      .map((name) => `/${name}`)
      .join("");
    const found = patternAt(back, from + rest, [], false);
    if (found === undefined) return [];
    return [{ ...rule, path: found.slice(SERVE.length), target: to + rest, value: value.charAt(0) + to + rest }];
  });
}
