/** A file that a text includes: where it may be, whether it may be shown, and its text without front matter. */
import { present } from "../base/optional.ts";
import { folderOf, within } from "../base/paths.ts";
import { isError } from "../base/problems.ts";
import { fitsPath } from "../site/rules.ts";
import type { Site } from "../site/types.ts";
import { placeOf } from "./facts/place.ts";
import { readSource } from "./frontmatter/frontmatter.ts";
import type { Fields } from "./frontmatter/values.ts";
import { MARKDOWN } from "./inputs.ts";
import { LONGEST_TEXT } from "./outside.ts";
import { type Including, standingOf } from "./standing.ts";
import type { Included, IncludeName, ReadInclude } from "./templates/types.ts";
import { hasRemarks, withoutWithheld } from "./withheld/withheld.ts";

const FOLDER = "_includes";
/** Folders at the root of the content that hold a site, as generators and hosts have it. */
const SITE_FOLDER = /^(?:src|source|content|docs|site|app)\//;
const TEXT = new RegExp(`\\.(?:${MARKDOWN}|html?|txt|liquid|njk|nunjucks)$`, "i");
const LONGEST_NAME = 500;
/** Keys that one post may ask for. */
const MOST_FILES = 200;
/** Characters of files that are kept without their front matter. */
const MOST_KEPT = 4_000_000;

export function includeReader(including: Including): ReadInclude {
  const asked = new Map<string, Included | undefined>();
  let kept = 0;
  return (name) => {
    const keys = keysOf(name, including.key);
    if (keys.length === 0) return { key: undefined, flaw: OUT, fix: OUT_FIX };
    for (const each of keys) {
      if (!asked.has(each) && asked.size >= MOST_FILES) return { key: undefined, flaw: TOO_MANY, fix: TOO_MANY_FIX };
      const included = asked.get(each) ?? look(each, name.from === "code");
      if (included) return included;
    }
    return { key: undefined, flaw: `names a file that the content does not have: ${keys[0]}`, missing: keys[0] };
  };

  function look(each: string, isCode: boolean): Included | undefined {
    const text = including.outside.textOf(each);
    const included = text === undefined ? undefined : readIncluded(each, text, including, isCode);
    kept += included?.text?.length ?? 0;
    // Beyond that it is read again each time, which is soon too much for one post.
    asked.set(each, kept > MOST_KEPT && included?.text !== undefined ? undefined : included);
    return included;
  }
}

const OUT = "names a file that is none to include";
const OUT_FIX =
  "name a Markdown or HTML file of the content, in _includes or beside the post; drafts and posts are none";

const TOO_MANY = `names one file more than the ${MOST_FILES} that feeds include in a post`;
const TOO_MANY_FIX = "put several of them in one file";

/** The keys at which the file may be, the likeliest first; none where it may not be named. */
function keysOf({ file, from, within }: IncludeName, post: string): readonly string[] {
  const beside = folderOf(within ?? post);
  const [, site = ""] = /^(.*?\/)?_posts\//.exec(post) ?? [];
  const roots = [...new Set(["", SITE_FOLDER.exec(post)?.[0] ?? "", site])];
  return [...new Set(candidates())].filter((key) => mayBeIncluded(key, from));

  function candidates(): readonly string[] {
    if (file.length > LONGEST_NAME || /[\\\p{Cc}?*:]/u.test(file)) return [];
    const rooted = /^(?:(?:@(?:site)?)?\/|~\/)(.*)$/.exec(file)?.[1];
    switch (from) {
      case "beside":
      case "code":
        return rooted === undefined ? resolved(beside, file) : roots.flatMap((root) => resolved(root, rooted));
      case "anywhere":
        return rooted === undefined
          ? [...resolved(beside, file), ...roots.flatMap((root) => resolved(root, file))]
          : roots.flatMap((root) => resolved(root, rooted));
      case "includes": {
        if (/^\.{1,2}\//.test(file)) return resolved(beside, file);
        const names = /\.\w+$/.test(file) ? [file] : [file, `${file}.liquid`];
        return roots.flatMap((root) => names.flatMap((name) => resolved(`${root}${FOLDER}/`, name)));
      }
    }
  }
}

/** The key of a path in a folder; none above the root of the content. */
function resolved(folder: string, path: string): readonly string[] {
  const key = within(folder, path);
  return key === undefined ? [] : [key];
}

/** A text by its name, or any code, in no folder of drafts, and nowhere that is hidden from all. */
function mayBeIncluded(key: string, from: IncludeName["from"]): boolean {
  const parts = key.split("/");
  const isInFolder = parts.slice(0, -1).includes(FOLDER);
  const name = parts.at(-1) ?? "";
  if (from !== "code" && !TEXT.test(name) && !(isInFolder && /^[\w-]+$/.test(name))) return false;
  return !parts.some((part) => /^\.|^_?(?:drafts?|trash|private)$/i.test(part));
}

function readIncluded(key: string, written: string, including: Including, isCode: boolean): Included {
  const { site, dialect } = including;
  const flawed = (flaw: string, fix: string): Included => ({ key, flaw, fix });
  if (Buffer.byteLength(written) >= LONGEST_TEXT) {
    return flawed(`names a file of more than ${LONGEST_TEXT / 1_000_000} MB: ${key}`, "include a part of it");
  }
  if (written.trim() === "") return { key, text: "" };
  if (fitsPath(site.exclude.paths, key)) {
    return flawed(`names a file that \`exclude\` keeps out of the feeds: ${key}`, MOVE);
  }
  if (isCode && !TEXT.test(key)) return { key, text: written };
  const { source, problems } = readSource(key, new TextEncoder().encode(written));
  if (!source || problems.some(isError)) {
    return flawed(`names a file whose front matter cannot be read: ${key}`, "correct its front matter, or remove it");
  }
  if (mayBePost(key, source.fields, site)) return flawed(`names another post: ${key}`, MOVE);
  const standing = standingOf(key, source, including);
  if (standing === "broken") {
    return flawed(`names a file that is held back by one that cannot be read: ${key}`, BROKEN);
  }
  if (standing === "held-back") {
    return flawed(
      `names a file that its front matter or its folder holds back: ${key}`,
      "remove `draft`, `date` and the like from its front matter, or move it into _includes",
    );
  }
  const shown = withoutWithheld(source.body, {
    isMdx: /\.mdx$/i.test(key),
    siteUrl: site.url,
    hasRemarks: hasRemarks(dialect, key, including.site),
  });
  const text = shown.text.replace(NONCHARACTERS, "");
  const isShorter = shown.text.split("\n").length < source.body.split("\n").length;
  return {
    key,
    text,
    ...present({ numbered: isShorter ? numbered(text, shown.lineOf) : undefined }),
    ...present({ warnings: shown.warnings.length > 0 ? shown.warnings : undefined }),
  };
}

/** With a blank line for each that is left out, so that its lines have the numbers that they have in the file. */
function numbered(text: string, lineOf: (line: number) => number): string {
  let at = 0;
  const lines = text.split("\n").map((line, i) => {
    const missing = Math.max(lineOf(i + 1) - at - 1, 0);
    at += missing + 1;
    return "\n".repeat(missing) + line;
  });
  return lines.join("\n");
}

const BROKEN = "correct what holds for its folder, or the `index.md` that it belongs to";
const MOVE = "move what both show into a file of its own, in _includes";

/** Which mark places in a text that is expanded. */
const NONCHARACTERS = /[\ufdd0-\ufdef]/g;

/** Among the posts, what has a date or front matter; a name that begins with `_` is that of a part. */
function mayBePost(key: string, fields: Fields, site: Site): boolean {
  if (!fitsPath(site.posts, key)) return false;
  const { date, aside } = placeOf(key, site);
  return date !== undefined || (aside === undefined && (site.fileDates || fields.size > 0));
}
