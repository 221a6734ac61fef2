/** Former addresses as copies of documents, for hosts that do nothing but serve files. */
import { isUrl } from "../edge/address.ts";
import { patternAt, renamedKey, SERVE } from "../edge/aliases.ts";
import { copyable } from "../edge/copyable.ts";
import { copyKey } from "../edge/decide.ts";
import { type Copy, copiesOf, edgeOf } from "../edge/edge.ts";
import { type Edge, isOwnKey } from "../edge/folders.ts";
import { headersOf } from "../edge/headers.ts";
import { tableOf } from "../edge/rows.ts";
import { type Rule, rulesOf } from "../edge/rules.ts";
import type { Site } from "../site/types.ts";
import { formerFolders, formerRules, hostRules, isReversible } from "./former.ts";

/** A copy for an alias, as the owner writes it. */
export interface AliasCopy extends Copy {
  readonly from: string;
}

/** Every copy of the public store. `paths`: of the documents that are published, without copies. */
export const copiesFor = (site: Site, paths: readonly string[]): readonly Copy[] =>
  site.host === "files" ? fileCopies(site, paths) : copiesOf(site);

/** For plain aliases and retired feeds that have moved; for those with `*` and for renamed channels as far as documents exist. */
export function fileCopies(site: Site, paths: readonly string[]): readonly AliasCopy[] {
  const edge = edgeOf(site);
  const known = new Set(paths);
  const plain = copyable(rulesOf(site).map(served), { ...edge, patterns: "", renamed: "" }).map(({ rule, path }) => {
    return { from: rule.from, path, of: renamedKey(rule.target, edge) ?? rule.target };
  });
  const taken = new Set(plain.map(({ path }) => path.toLowerCase()));
  const former = formerRules(site)
    .map(served)
    .filter(({ path, query, value }) => !path.includes("*") && query === "" && value.startsWith(SERVE))
    .flatMap(({ from, path, target: of }) => (isOwnKey(path, edge) ? [] : [{ from, path, of }]));
  // At an address that is of a renamed channel the edge looks for no alias with `*`.
  const others = [...renamedCopies(paths, edge), ...former, ...patternAliases(site, paths)].flatMap((copy) => {
    const path = copyKey(copy.path);
    if (taken.has(path.toLowerCase()) || !known.has(copy.of)) return [];
    taken.add(path.toLowerCase());
    return [{ ...copy, path }];
  });
  return [...plain, ...others]
    .filter(({ path, of }) => known.has(of) && !known.has(path))
    .map((copy) => ({ ...copy, type: headersOf(copy.of, false, edge)["content-type"] ?? "application/octet-stream" }));
}

/** A feed that has moved within the store answers with where it has moved to. */
const served = (rule: Rule): Rule =>
  rule.target === "" || isUrl(rule.target) ? rule : { ...rule, value: SERVE + rule.target };

/** Every address that an alias with `*` has for a document that exists: found from the target, and asked of the edge. */
export function patternAliases(site: Site, paths: readonly string[]): readonly AliasCopy[] {
  const edge = edgeOf(site);
  const patterns = hostRules(site)
    .map(served)
    .filter(({ path, query, value }) => query === "" && value.startsWith(SERVE) && isReversible(path, value));
  return patterns.flatMap(({ from, path, target }) => {
    // Most documents can be told apart without reading the pattern.
    const [before = "", after = ""] = [target.split("*", 1)[0], target.split("*").at(-1)];
    const back = tableOf([[` ${target}`, SERVE + path]], { isOrdered: true });
    return paths.flatMap((of): readonly AliasCopy[] => {
      if (!of.startsWith(before) || !of.endsWith(after)) return [];
      const found = patternAt(back, of, [], false)?.slice(SERVE.length);
      if (found === undefined || found === of || isOwnKey(found, edge)) return [];
      const answer = patternAt(edge.patterns, found, [], false)?.slice(1) ?? "";
      return (renamedKey(answer, edge) ?? answer) === of ? [{ from, path: found, of }] : [];
    });
  });
}

/** The documents of a renamed channel under its former address, as the edge would redirect from there. */
const renamedCopies = (paths: readonly string[], edge: Edge): readonly AliasCopy[] =>
  formerFolders(edge).flatMap(({ from, to }) =>
    paths.flatMap((of) => {
      const path = of.startsWith(`${to}/`) ? from + of.slice(to.length) : "";
      return path !== "" && renamedKey(path, edge) === of ? [{ from, path, of }] : [];
    }),
  );
