/** Posts that look like others: one of two may be the other, renamed. */
import { finderOf } from "../../base/finder.ts";
import { momentOf } from "../../base/traits.ts";
import type { PostRecord, Traits } from "../../model.ts";
import { type Findings, traitsIn } from "./findings.ts";

/** Who shares two of title, date and words has one of these names, and so has who shares the text. */
const namesOf = ({ sourceDigest, title, wordsDigest, ...dated }: Traits): readonly (string | undefined)[] => {
  const moment = momentOf(dated);
  return [
    sourceDigest,
    titleAndMoment(title, moment),
    titleAndWords(title, wordsDigest),
    momentAndWords(moment, wordsDigest),
  ];
};

type PairName = (one: string | undefined, other: string | undefined) => string;

const titleAndMoment: PairName = (title, moment) => `title, date: ${title} ${moment}`;
const titleAndWords: PairName = (title, words) => `title, words: ${title} ${words}`;
const momentAndWords: PairName = (moment, words) => `date, words: ${moment} ${words}`;

const pairsOf = (name: PairName, ones: Values, others: Values): readonly string[] =>
  [...ones].flatMap((one) => [...others].map((other) => name(one, other)));

type Values = ReadonlySet<string | undefined>;

const findAlike = finderOf<PostRecord>(({ facts, seen }) =>
  facts ? [facts.url, ...namesOf(facts), ...(seen ? namesOf(seen) : [])] : [],
);

/**
 * Keys of records, besides those already `read`, that share with a file that was found its text, its address, or two of title,
 * date and words: in what was published of them, or in what was seen of them since.
 */
export function alikeTo(findings: Findings, records: readonly PostRecord[], read: ReadonlySet<string>): string[] {
  const found = traitsIn(findings);
  if (found.length === 0) return [];
  // What cannot be read of a file is shared with none.
  const all = (of: (traits: (typeof found)[number]) => string | undefined): ReadonlySet<string | undefined> =>
    new Set(found.map(of).filter((value) => value !== undefined));
  const digests = all(({ sourceDigest }) => sourceDigest);
  const urls = all(({ url }) => url);
  const titles = all(({ title }) => title);
  const moments = all(momentOf);
  const words = all(({ wordsDigest }) => wordsDigest || undefined);
  const isAlike = (traits: Traits) => {
    const { sourceDigest, title, wordsDigest } = traits;
    const shared = Number(titles.has(title)) + Number(moments.has(momentOf(traits))) + Number(words.has(wordsDigest));
    return shared >= 2 || digests.has(sourceDigest);
  };
  const mayBe = ({ facts, seen }: PostRecord) =>
    facts !== undefined && (urls.has(facts.url) || isAlike(facts) || (seen !== undefined && isAlike(seen)));
  const pairs = [
    ...pairsOf(titleAndMoment, titles, moments),
    ...pairsOf(titleAndWords, titles, words),
    ...pairsOf(momentAndWords, moments, words),
  ];
  const names = [...digests, ...urls].filter((name) => name !== undefined);
  return findAlike(records, [...names, ...pairs])
    .filter((record) => mayBe(record) && !read.has(record.key))
    .map(({ key }) => key);
}
