/** A host that does nothing but serve files: former addresses are copies, and what a copy cannot do is lost. */
import { isUrl } from "../edge/address.ts";
import { GONE, MOVED } from "../edge/aliases.ts";
import { copyKey } from "../edge/decide.ts";
import { edgeOf } from "../edge/edge.ts";
import { isOwnKey } from "../edge/folders.ts";
import { type Rule, rulesOf } from "../edge/rules.ts";
import type { Site } from "../site/types.ts";
import { fileCopies } from "./copies.ts";
import { isReversible, starsIn } from "./former.ts";
import type { HostLoss, HostPlan } from "./types.ts";

/** The copies themselves are planned with the documents (`copiesFor`). */
export function filesPlan(site: Site, paths: readonly string[]): HostPlan {
  const edge = edgeOf(site);
  const rules = rulesOf(site);
  const copied = new Set(fileCopies(site, [...paths, ...rules.map(({ target }) => target)]).map(({ from }) => from));
  const isQuery = ({ query }: Rule) => query !== "";
  const isGone = ({ value }: Rule) => value === GONE;
  const isMoved = ({ value }: Rule) => value.startsWith(MOVED);
  const isElsewhere = ({ target }: Rule) => isUrl(target);
  const isDocument = ({ path }: Rule) => isOwnKey(path, edge) || isOwnKey(copyKey(path), edge);
  const others = rules.filter((rule) => !isQuery(rule) && !isGone(rule) && !isElsewhere(rule));
  const isLost = (rule: Rule) =>
    starsIn(rule.path) > 0 ? !isReversible(rule.path, rule.target) : !copied.has(rule.from) && !isDocument(rule);
  const kinds: readonly (readonly [what: string, lost: readonly string[], fix: string])[] = [
    [
      "a host of files knows no query, so nothing answers at",
      fromOf(rules.filter(isQuery)),
      "name their subscribers the new address, or choose another host",
    ],
    [
      "a host of files cannot answer 410, but 404, at",
      fromOf(rules.filter(isGone)),
      "remove them from retired, or choose another host",
    ],
    [
      "a host of files cannot redirect to another, so nothing answers at",
      fromOf(rules.filter((rule) => !isQuery(rule) && isElsewhere(rule))),
      "leave a page there that links to the new address, or choose another host",
    ],
    [
      "a host of files cannot redirect, so these are copies of where they lead",
      [
        ...fromOf(others.filter((rule) => isMoved(rule) && !isLost(rule))),
        ...site.renamed.map(({ from }) => from.join("/")),
      ],
      "nothing has to be done: subscribers stay, at the old address",
    ],
    [
      "no copy can be at",
      fromOf(others.filter(isLost)),
      "write a path that is no document, and as many * in its target",
    ],
    ...(edge.base === edge.home || rules.length === 0
      ? []
      : [
          [
            `copies are below ${site.feeds} alone, not below ${site.url}`,
            ["aliases"],
            "set `feeds` to the address of the site, if its former feeds were there",
          ] as const,
        ]),
  ];
  const losses = kinds.flatMap(([what, names, fix]): readonly HostLoss[] =>
    names.length > 0 ? [{ what, names, fix }] : [],
  );
  return { files: [], losses };
}

const fromOf = (rules: readonly Rule[]): readonly string[] => rules.map(({ from }) => from);
