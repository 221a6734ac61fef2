/** Which files are posts, by their names, and which of those are written in HTML. */
/** The extensions of Markdown, as a part of a pattern. */
export const MARKDOWN = "md|mdx|markdown|mkdn?|mkdown|mdown";

const POST = new RegExp(`\\.(?:${MARKDOWN}|html?)$`, "i");
const HTML = /\.html?$/i;

export const isPostFile = (key: string): boolean => POST.test(key);
export const isHtmlFile = (key: string): boolean => HTML.test(key);

/** Bytes in which the first line of a file that has front matter begins. */
const BEGINNING = 1024;
/** A fence, or the brace of an object of JSON, below a byte order mark and blank lines. */
const FRONT_MATTER = /^[\s\xbb\xbf\xef\xfe\xff]*(?:---|\+\+\+|;;;|\{\s*")/;

/** Of HTML, only files with front matter are posts: others are pages and parts of pages that generators copy as they are. */
export function mayHaveFrontMatter(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, BEGINNING)).toString("latin1").replaceAll("\0", "");
  return FRONT_MATTER.test(beginning);
}

/** Bytes: those of four million characters, the longest text that is rendered. Of a longer file only so much is read. */
export const MAX_POST_BYTES = 16_000_000;
