/** Names as the addresses of each site generator spell them. */

/** Dashes for all that `spoils` finds, none at the ends. Split, since a pattern at the end would look from every dash. */
const dashed = (text: string, spoils: RegExp): string => text.normalize("NFC").split(spoils).filter(Boolean).join("-");

/** Lower case; spaces are dashes, and what else is no letter, digit or `.`, `_`, `+`, `~`, `-` is lost. */
export const hugoName = (text: string): string =>
  dashed(text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\s._+~-]+/gu, ""), /[\s-]+/u);

/** As GitHub and Astro have it: the same, without dots. */
export const astroName = (text: string): string =>
  dashed(text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\s_-]+/gu, ""), /\s+/u);

/** `pretty` of Jekyll: case and harmless marks stay. */
export const jekyllName = (text: string): string => dashed(text, /[^\p{L}\p{M}\p{N}._~!$&'()+,;=@]+/u);

export const jekyllSlug = (text: string): string => dashed(text.toLowerCase(), /[^\p{L}\p{M}\p{N}]+/u);

const HEXO_SPOILS = /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/u;

export const hexoTitle = (text: string): string => dashed(text, HEXO_SPOILS).toLowerCase();
export const hexoCategory = (text: string): string => dashed(text, HEXO_SPOILS);

export const asWritten = (text: string): string => text;
