/** Reads `<!-- @include: ./file.md -->` of VitePress and VuePress. */

/** The name of its construct. */
export const COMMENT = "@include";

const INCLUDE = /^<!--\s*@include:\s*(\S[\s\S]*)-->$/;

/** The file that a whole comment includes. */
export const includedBy = (comment: string): string | undefined =>
  comment.length > 600 ? undefined : INCLUDE.exec(comment)?.[1]?.trim();
