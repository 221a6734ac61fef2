/** Every problem code with its severity and its usual fix. An error holds its post, or the whole site, back. */
import type { Problem } from "../model.ts";
import { present } from "./optional.ts";

export const SITE_KEY = "site.yaml";
/** The ids that travel with the content. */
export const IDS_KEY = "ids.jsonl";

export const CATALOGUE = {
  // The site, or every post.
  "site-missing": [
    "error",
    "`dripfeed init` in the folder of the site writes it, with title, url and since at least; or name another folder with --content",
  ],
  "no-content": ["warning", "push the folder that has site.yaml: dripfeed push <folder> <store>"],
  "site-encoding": ["error", "save the file as UTF-8"],
  "site-yaml": ["error", "fix the YAML; a value with `: ` or `#` in it needs quotes"],
  "site-key": ["error", "remove the key, or correct its name"],
  "site-value": ["error", "correct the value, or remove the key for its default: docs/site.md lists them"],
  "site-since": ["warning", "leave since as it was"],
  "site-no-posts": [
    "warning",
    "write the first post, or correct the `posts:` globs or --content; Hexo keeps its posts in source/_posts/**",
  ],
  "site-rule": [
    "warning",
    "correct the path, which is relative to the content folder: posts/private, or posts/**/secret-*",
  ],
  "site-channel": ["warning", "correct the names that it selects by, or match; until a post belongs there it is empty"],
  "site-renamed": [
    "warning",
    "write the new name in these posts, too: the old feeds lead to the new ones, where these posts are not",
  ],
  "site-host": [
    "warning",
    "docs/hosts.md says what each host can do; with `host: edge` the deployed CDN does all of it",
  ],
  "defaults-unread": ["warning", "write `dialect` in site.yaml"],
  "other-markup": [
    "warning",
    'convert it to Markdown or HTML; or leave it out in site.yaml: `exclude: { paths: ["posts/*.adoc"] }`',
  ],
  "site-podcast": ["warning", "write site, or the folder of a channel that has posts, such as tags/podcast"],
  "ids-unreadable": [
    "error",
    "correct the line, or restore the file; until then posts without a record that it may name are not published",
  ],
  "ids-differ": [
    "warning",
    "renew the file: dripfeed ids export; or, if its ids matter more, take them: dripfeed ids import <file> --force",
  ],
  // A file, and its front matter.
  encoding: ["error", "save the file as UTF-8"],
  empty: ["error", "write the post, or remove the file; until then a post that readers know stays as it was"],
  "key-unusable": [
    "error",
    "rename the file, or its folder: in UTF-8, without backslashes, line breaks and other control characters",
  ],
  unreadable: ["error", "make it a readable file within the folder, or remove it"],
  "front-matter-missing": ["error", "begin the file with a line ---, then title and date, then another line ---"],
  "front-matter-open": ["error", "close the front matter with a line that holds --- alone"],
  "front-matter-late": ["warning", "remove the blank lines: Jekyll and Eleventy find no front matter below them"],
  "front-matter-language": [
    "error",
    "write the front matter in YAML between two lines ---, or in TOML between two lines +++; code in it is never run",
  ],
  "front-matter-yaml": [
    "error",
    "fix the YAML; a value with `: ` or `#` in it, or one that starts with [ { @ * & ! % or a backtick, needs quotes",
  ],
  "front-matter-tab": [
    "warning",
    "indent with spaces: Hexo reads a tab as two of them, and nothing else reads it at all",
  ],
  "title-comment": ["warning", 'put the title in quotes, or write `title: ""` for a note without one'],
  "front-matter-toml": [
    "error",
    "fix the TOML; every text needs quotes, and a key stands on one line with = and its value",
  ],
  "front-matter-json": [
    "error",
    "fix the JSON; names and texts need double quotes, and there is a comma between members and none after the last",
  ],
  "front-matter-keys": ["error", "write keys and values, such as `title: My post`"],
  "duplicate-key": ["warning", "keep one of the two; the last one counts, but before it one that holds the post back"],
  "key-misspelt": ["warning", "correct the name of the key"],
  "date-missing": ["error", "write `date: 2024-10-15 08:20:00` in the front matter, or name the file 2024-10-15-…"],
  "date-unreadable": ["error", "write the date as 2024-10-15 08:20:00 or 2024-10-15T08:20:00+08:00"],
  "date-fallback": ["warning", "write the date as 2024-10-15 08:20:00 or 2024-10-15T08:20:00+08:00"],
  "date-zone": ["warning", "write the zone as a number: 2024-10-15 08:20:00 +08:00"],
  "updated-unreadable": [
    "warning",
    "write it as 2024-10-15 08:20:00, or leave it out; until then `updated` follows changes of the text",
  ],
  "language-unknown": ["warning", "write a language tag such as en or zh-CN; the site's language is used"],
  "permalink-unusable": ["error", "write a path such as /2024/hello/ or a whole URL"],
  "permalink-template": ["warning", "write the address itself; the site's pattern is used"],
  "content-unclear": ["warning", "write full or summary; until then the site's setting is used"],
  "flag-unclear": ["warning", "write true or false; until then the post is kept back"],
  "remark-open": ["warning", "close it with another %%, or write \\%% for two signs"],
  "defaults-code": ["warning", "write what it says as data, or under `defaults:` in site.yaml"],
  "too-many-tags": ["error", "name fewer; or let a post have more: `guard: { tags: … }` in site.yaml"],
  "too-long": ["error", "shorten it"],
  "template-unknown": ["warning", "write in Markdown or HTML what feeds should show in its place"],
  "template-link": [
    "warning",
    "correct the name of the file, or link to the address itself; in feeds the text stays without the link",
  ],
  "media-unusable": [
    "warning",
    "write the path or the URL of the file itself; until then the post is published without it",
  ],
  "media-type": ["warning", "give the file its usual extension, or write `type: audio/mpeg` beside it"],
  "media-length": ["warning", "correct the path, or write the file's bytes as `length: 12345678` beside it"],
  "media-missing": ["warning", "correct the path, or add the file to the content"],
  "media-unclear": ["warning", "correct the value, or leave it out: it is left out of feeds"],
  "live-unusable": ["warning", "write `live: { start: 2024-10-15 20:00, url: https://… }`"],
  "too-slow": [
    "error",
    "split the paragraph, list or table at this line into smaller ones, and remove marks that are never closed",
  ],
  unrenderable: ["error", "simplify the Markdown near what the message names"],
  "timed-out": [
    "error",
    "shorten the post, or simplify what was written last; until then it stays as it was, and each full run tries again",
  ],
  "id-taken": ["error", "give one of the two another id, or remove one"],
  "url-taken": ["error", "give one of the two another slug or date, or remove one"],
  "updated-future": [
    "warning",
    "correct the date; it counts from then on, and until then the post says when it was rewritten",
  ],
  "id-changed": ["warning", "remove the id, or set it back: an id that readers know cannot change"],
} as const satisfies { readonly [code: string]: readonly [Problem["severity"], fix: string] };

export type ProblemCode = keyof typeof CATALOGUE;

/** Characters of a message, which may quote the author. */
const LONGEST_MESSAGE = 1_000;

/** One that was made here, and not read from what is kept. */
type CodedProblem = Problem & { readonly code: ProblemCode };

/** `ownFix` replaces the usual fix of the code. */
export function problem(
  code: ProblemCode,
  file: string,
  message: string,
  line?: number,
  ownFix?: string,
): CodedProblem {
  const [severity, usualFix] = CATALOGUE[code];
  const fix = ownFix ?? usualFix;
  const isLong = message.length > LONGEST_MESSAGE;
  const shown = isLong ? `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}…` : message;
  return { code, severity, file, ...present({ line }), message: shown, fix };
}

/** The most warnings of one kind about the text of a post. */
const MOST_ALIKE = 20;

/** Those that are told of one kind: the first ones, and how many more there are. */
export function firstAlike(problems: readonly CodedProblem[], kind: string): readonly Problem[] {
  const [next] = problems.slice(MOST_ALIKE);
  if (!next) return problems;
  const more = `${problems.length - MOST_ALIKE} more ${kind} like these follow`;
  return [...problems.slice(0, MOST_ALIKE), problem(next.code, next.file, more, next.line)];
}

/** Reports a problem of a field, or of the post as a whole. */
export type ReportProblem = (
  code: ProblemCode,
  message: string,
  field?: { readonly line: number; readonly file?: string },
) => void;

export const isError = ({ severity }: Problem): boolean => severity === "error";

/** The fix for an error code of the YAML library to which the usual fix does not apply. */
export function yamlFix(code: string): string | undefined {
  if (code === "DUPLICATE_KEY") return "keep one of the two";
  if (code === "TAB_AS_INDENT") return "indent with spaces";
  return undefined;
}

/** A problem of `site.yaml`, with its line where that is known; `fix` replaces the usual fix of the code. */
export function siteProblem(code: ProblemCode, message: string, at: { line?: number; fix?: string } = {}): Problem {
  return problem(code, SITE_KEY, message, at.line, at.fix);
}

/** The first error also says why its post is not public all the same. */
export function heldBackBecause(why: string, problems: readonly Problem[]): readonly Problem[] {
  const first = problems.findIndex(isError);
  const message = `${why} keeps the post out of the feeds all the same`;
  return problems.map((each, i) => (i === first ? { ...each, message: `${each.message}; ${message}` } : each));
}
