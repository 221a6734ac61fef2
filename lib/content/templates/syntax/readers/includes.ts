/** Reads `<!-- @include: ./file.md -->` and `<<< @/file.js` of VitePress and VuePress. */
import { textAt } from "../../../match.ts";
import type { Reader } from "../reader.ts";

/** The names of their constructs. */
export const COMMENT = "@include";
export const SNIPPET = "<<<";

/** Is given whole lines. */
export const readSnippet: Reader = ({ source, at }) => {
  const written = textAt(/<<<[ \t]*(?:[@~./]|[\w-]{1,99}[./])[^\n]*/y, source, at);
  if (written === undefined) return undefined;
  return { family: "tag", role: "whole", name: SNIPPET, rest: written.slice(3), start: at, end: at + written.length };
};

const INCLUDE = /^<!--\s*@include:\s*(\S[\s\S]*)-->$/;

/** The file that a whole comment includes. */
export const includedBy = (comment: string): string | undefined =>
  comment.length > 600 ? undefined : INCLUDE.exec(comment)?.[1]?.trim();
