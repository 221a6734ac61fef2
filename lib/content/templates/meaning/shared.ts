/** The renderers that all languages of templates share, by key. */
import type { Render } from "../types.ts";
import { INLINE } from "./inline.ts";
import { MEDIA } from "./media/media.ts";
import { NOTES } from "./notes.ts";

export const SHARED: ReadonlyMap<string, Render> = new Map([...NOTES, ...MEDIA, ...INLINE]);
