/** What is left out of comparisons with marked. */

/** Where we read otherwise than marked on purpose: no range is struck out, stars end an address, and a language may be in brackets. */
export const asMarkedReads = (markdown: string): string =>
  markdown
    .replace(/(?<=(?:`{3}|~{3})\s*)[[{]/g, "b")
    .replace(/(?<=[\p{L}\p{N}\p{So}%“”《》「」])~(?=[\p{L}\p{N}\p{So}%“”《》「」])/gu, " ~")
    .replace(/(?<=(?:www\.|:\/\/)[^\s<]*)(?:\*\*|\\)/g, " ");
