/** Shapes that several kept objects share. */
import * as v from "valibot";

export const ROLE = v.picklist(["owner", "author", "drafts"]);
export const SCOPE = v.picklist(["create", "draft", "update", "delete", "undelete", "media", "profile"]);
/** As `Date.toISOString` writes it. */
export const INSTANT = v.pipe(v.string(), v.isoTimestamp());
/** A key of the site's `authors`. */
export const AUTHOR = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
