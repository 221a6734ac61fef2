/** How much of `site.yaml` is read. */

/** Bytes. Ten thousand renamed tags have a third as many. */
export const MAX_SITE_BYTES = 1_000_000;
