/** What is left out of comparisons with marked. */

/** Where we read otherwise than marked on purpose: no range is struck out, and stars end an address. */
export const asMarkedReads = (markdown: string): string =>
  markdown
    .replace(/(?<=[\p{L}\p{N}\p{So}%“”《》「」])~(?=[\p{L}\p{N}\p{So}%“”《》「」])/gu, " ~")
    .replace(/(?<=(?:www\.|:\/\/)[^\s<]*)(?:\*\*|\\)/g, " ");
