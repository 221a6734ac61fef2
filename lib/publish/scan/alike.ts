/** Posts that look like others: one of two may be the other, renamed. */
import { finderOf } from "../../base/finder.ts";
import { headline, titleAndWords, wordsAndDate } from "../../base/traits.ts";
import type { PostRecord, Traits } from "../../model.ts";
import { type Findings, traitsIn } from "./findings.ts";

/** What a file and the post that it may be have in common: the text, or two of title, date and words. */
const likenessOf = (traits: Traits): readonly (string | undefined)[] => [
  traits.sourceDigest,
  headline(traits),
  titleAndWords(traits),
  wordsAndDate(traits),
];

const findAlike = finderOf<PostRecord>(({ facts, seen }) =>
  facts ? [facts.url, ...likenessOf(facts), ...(seen ? likenessOf(seen) : [])] : [],
);

/**
 * Keys of records, besides those already `read`, that share with a file that was found its text, its address, or two of title,
 * date and words: in what was published of them, or in what was seen of them since.
 */
export function alikeTo(findings: Findings, records: readonly PostRecord[], read: ReadonlySet<string>): string[] {
  // What cannot be read of a file is shared with none.
  const found = new Set(
    traitsIn(findings)
      .flatMap((traits) => [traits.url, ...likenessOf(traits)])
      .filter((each) => each !== undefined),
  );
  const isAlike = (traits: Traits) => likenessOf(traits).some((each) => each !== undefined && found.has(each));
  const mayBe = ({ facts, seen }: PostRecord) =>
    facts !== undefined && (found.has(facts.url) || isAlike(facts) || (seen !== undefined && isAlike(seen)));
  return findAlike(records, found)
    .filter((record) => mayBe(record) && !read.has(record.key))
    .map(({ key }) => key);
}
