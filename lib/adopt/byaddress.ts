/** `adopt --by-address`: the form of a former feed's ids, inferred from entries that match, and made for all other posts. */
import { present } from "../base/optional.ts";
import type { Format, FormerIds, Refusal } from "../model.ts";
import { type IdForm, idForms, type Numbered, numberIn } from "./idforms.ts";
import { type AdoptedPost, idsOf, type Ledger } from "./ledger.ts";
import type { Match } from "./match.ts";

export interface PostId {
  readonly key: string;
  readonly id: string;
}

/** How the ids of one format are made. */
export interface InferredForm {
  readonly format: Format;
  readonly form: string;
  /** Of the entries that match posts, those whose id has the form, and those whose id has not. */
  readonly agreeing: readonly PostId[];
  readonly others: readonly PostId[];
  readonly made: readonly PostId[];
}

export type ByAddress =
  | { readonly ledger: Ledger; readonly forms: readonly InferredForm[] }
  | { readonly refused: Refusal };

export interface ByAddressInput {
  readonly matches: readonly Match[];
  /** The ids of the matches, and before them those that are known. */
  readonly ledger: Ledger;
  /** Those that the former feed may have carried. */
  readonly posts: readonly Numbered[];
}

export function idsByAddress({ matches, ledger, posts }: ByAddressInput): ByAddress {
  const made = new Map<string, AdoptedPost>(ledger);
  const holders = new Map([...ledger.values()].flatMap((post) => idsOf(post).map((id) => [id, post.key] as const)));
  const urls = new Map(posts.map(({ key, url }) => [key, url]));
  const forms: InferredForm[] = [];
  for (const [format, same] of Map.groupBy(matches, ({ entry }) => entry.format)) {
    const scored = scoreForms(same, posts);
    const [best] = scored;
    if (!best || best.agreeing.length * 2 <= same.length) return { refused: noForm(format, same, scored) };
    const isPermaLink = best.agreeing.filter(({ entry }) => entry.isPermaLink).length * 2 > best.agreeing.length;
    const ofOthers = posts.filter(({ key }) => made.get(key)?.ids?.[format] === undefined);
    const added = distinct(ofOthers, best.form).filter(({ key, id }) => (holders.get(id) ?? key) === key);
    for (const { key, id } of added) {
      const post = made.get(key) ?? { key, ...present({ url: urls.get(key) }) };
      const ids: FormerIds = { ...post.ids, [format]: id, ...(format === "rss" && isPermaLink && { isPermaLink }) };
      made.set(key, { ...post, ids });
      holders.set(id, key);
    }
    const agreeing = new Set(best.agreeing);
    const others = same.filter((match) => !agreeing.has(match));
    const form = best.form.name;
    forms.push({ format, form, agreeing: best.agreeing.map(asPostId), others: others.map(asPostId), made: added });
  }
  return { ledger: made, forms };
}

const asPostId = ({ key, entry: { id } }: Match): PostId => ({ key, id });

interface Scored {
  readonly form: IdForm;
  readonly agreeing: readonly Match[];
}

/** Those that some entry has, the most frequent first; of two that are as frequent, the simpler one. */
function scoreForms(matches: readonly Match[], posts: readonly Numbered[]): readonly Scored[] {
  const byKey = new Map(posts.map((post) => [post.key, post]));
  return idForms(matches.map(({ entry }) => entry.id))
    .map((form) => ({ form, agreeing: matches.filter(({ key, entry }) => has(form, byKey.get(key), entry.id)) }))
    .filter(({ agreeing }) => agreeing.length > 0)
    .sort((a, b) => b.agreeing.length - a.agreeing.length);
}

const has = (form: IdForm, post: Numbered | undefined, id: string): boolean =>
  post !== undefined && form.idOf(post) === id.trim();

/** Of posts that would share an id, none gets it. */
function distinct(posts: readonly Numbered[], form: IdForm): readonly PostId[] {
  const ids = posts.flatMap((post): readonly PostId[] => {
    const id = form.idOf(post);
    return id === undefined ? [] : [{ key: post.key, id }];
  });
  return [...Map.groupBy(ids, ({ id }) => id).values()].flatMap((same) => (same.length === 1 ? same : []));
}

const WITHOUT_FIX =
  "leave out --by-address: the ids of these entries are kept; for older posts, export them from the former system";
const NUMBERS_FIX = `write the number of each post that WordPress has as wordpress_id into its front matter; or ${WITHOUT_FIX}`;

/** Forms, or ids without one, that the refusal shows. */
const MOST_SHOWN = 5;

function noForm(format: Format, matches: readonly Match[], scored: readonly Scored[]): Refusal {
  const counts = scored.slice(0, MOST_SHOWN).map(({ form, agreeing }) => `${agreeing.length} are ${form.name}`);
  const formed = new Set(scored.flatMap(({ agreeing }) => agreeing));
  const without = matches.filter((match) => !formed.has(match));
  const rest = without.slice(0, MOST_SHOWN).map(({ entry }) => entry.id);
  const found = [
    ...counts,
    ...(rest.length > 0 ? [`${without.length} have none that is known: ${rest.join(", ")}`] : []),
  ];
  return {
    code: "no-form",
    message: `the ids of the ${format} feed are not made of addresses in one way (of ${matches.length} that match: ${found.join("; ")})`,
    fix: matches.some(({ entry }) => numberIn(entry.id) !== undefined) ? NUMBERS_FIX : WITHOUT_FIX,
  };
}
