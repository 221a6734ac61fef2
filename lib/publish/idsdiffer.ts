/** Where `ids.jsonl` and the records differ. */
import type { IdsFile } from "../adopt/idsfile.ts";
import { type AdoptedPost, idsOf, type Ledger } from "../adopt/ledger.ts";
import { firstAlike, IDS_KEY, problem } from "../base/problems.ts";
import { idIn } from "../channels/identity.ts";
import type { Facts, GonePost, PostRecord, Problem } from "../model.ts";

const FORMATS = ["rss", "atom", "json"] as const;

interface OtherId {
  readonly field: string;
  readonly written: string;
  /** The one by which readers know the post. */
  readonly known: string;
}

/** The ids that a line gives and by which readers do not know its post. */
function otherIds({ id, ids = {} }: AdoptedPost, facts: Facts): readonly OtherId[] {
  const fields = FORMATS.map((format) => [format, ids[format], idIn(format, facts)] as const);
  return [["id", id, facts.id] as const, ...fields].flatMap(([field, written, known]) =>
    written === undefined || written === known ? [] : [{ field, written, known }],
  );
}

/** Lines by which a post would get another id, were its record lost. */
export function differingLines({ posts, lines }: IdsFile, records: readonly PostRecord[]): readonly Problem[] {
  const problems = records.flatMap(({ key, facts }) => {
    const line = facts && posts.get(key);
    const [other] = line ? otherIds(line, facts) : [];
    if (!other) return [];
    const message = `${key}: readers know the post as ${other.known}, not as ${other.written} (${other.field})`;
    return [problem("ids-differ", IDS_KEY, message, lines.get(key))];
  });
  return firstAlike(problems, "lines");
}

export interface Difference {
  /** `missing`: the file lacks a post, or an id of it; `unknown`: it names none that is there. */
  readonly what: "missing" | "different" | "unknown";
  readonly key: string;
  readonly line?: number;
  readonly message: string;
  readonly fix: string;
}

export interface CompareInput {
  readonly file: Pick<IdsFile, "posts" | "lines">;
  /** What the file is to hold of posts that have a record. */
  readonly known: Ledger;
  readonly gone: readonly GonePost[];
  /** Is there such a file in the content? */
  readonly isThere: (key: string) => boolean;
}

const RENEW = "renew the file: dripfeed ids export";

/** Every difference, sorted by key. Dates and addresses are those of the last export, and no difference. */
export function compareIds({ file, known, gone, isThere }: CompareInput): readonly Difference[] {
  const renewed = renewedIds(file.posts, known, gone);
  const keys = [...new Set([...file.posts.keys(), ...known.keys()])].sort();
  return keys.flatMap((key): readonly Difference[] => {
    const [written, post] = [file.posts.get(key), known.get(key)];
    const line = file.lines.get(key);
    if (!written) return [{ what: "missing", key, message: `${key} has no line`, fix: RENEW }];
    const at = line === undefined ? {} : { line };
    if (!post) {
      if (renewed.has(key) && isThere(key)) return [];
      const fix = renewed.has(key) ? "remove the line, if the post does not come back" : RENEW;
      return [{ what: "unknown", key, ...at, message: `there is no post ${key}`, fix }];
    }
    const [before, now] = [idsAsWritten(written), idsAsWritten(post)];
    const field = Object.keys(now).find((name) => before[name] !== now[name]) ?? extraOf(before, now);
    if (field === undefined) return [];
    if (before[field] === undefined)
      return [
        { what: "missing", key, ...at, message: `${key}: ${field} ${now[field]} is not in its line`, fix: RENEW },
      ];
    const readers = now[field] === undefined ? `readers know it by no ${field}` : `readers know it as ${now[field]}`;
    const message = `${key}: ${field} is ${before[field]}, but ${readers}`;
    const fix = `${RENEW}; or, if its ids matter more, take them: dripfeed ids import <file> --force`;
    return [{ what: "different", key, ...at, message, fix }];
  });
}

type Written = { readonly [field: string]: string | undefined };

const idsAsWritten = ({ id, ids = {} }: AdoptedPost): Written => {
  const fields = { id, rss: ids.rss, atom: ids.atom, json: ids.json };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
};

const extraOf = (before: Written, now: Written): string | undefined =>
  Object.keys(before).find((name) => now[name] === undefined);

/**
 * What the file is to hold: the ids of every post that has a record, and the other lines, whose posts wait or are on another
 * branch; but no line whose ids are a renamed post's by now, or those of one that is gone.
 */
export function renewedIds(posts: Ledger, known: Ledger, gone: readonly GonePost[]): Ledger {
  const taken = new Set([...known.values(), ...gone.map(({ facts }) => facts)].flatMap(idsOf));
  const others = [...posts].filter(([key, post]) => !known.has(key) && !idsOf(post).some((id) => taken.has(id)));
  return new Map([...others, ...known]);
}
