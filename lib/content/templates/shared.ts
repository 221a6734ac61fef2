/** What means the same in every language of templates, by key. */
import type { Render } from "./call.ts";
import { INLINE } from "./inline.ts";
import { MEDIA } from "./media.ts";
import { NOTES } from "./notes.ts";

export const SHARED: ReadonlyMap<string, Render> = new Map([...NOTES, ...MEDIA, ...INLINE]);
