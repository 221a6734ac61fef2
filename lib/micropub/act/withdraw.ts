/**
 * Withdraws a post, and restores it. To delete a post withdraws it first, so that a slip can be undone: its file gets the draft flag
 * of its generator, and `withdrawn` with the time, which tells it from a draft. A draft flag that is there already is changed where it
 * stands, and its former value is kept beside the time, so that `undelete` restores every byte.
 */
import { invalid } from "../../base/http/error.ts";
import { parseDate } from "../../content/facts/dates.ts";
import { isMapValue } from "../../content/frontmatter/types.ts";
import { flagOf, textOf } from "../../content/frontmatter/values.ts";
import type { Instant } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { type FieldChange, withChanges, withoutEmptyBlock, writtenIn } from "../edit/frontmatter.ts";
import { dateText } from "../post/dates.ts";
import { WRITERS } from "../post/dialects.ts";
import type { PostFile } from "../post/read.ts";
import { bare, type FieldValue } from "../post/types.ts";
import type { PostsContext } from "../store/context.ts";

/** The flag that makes the post a draft. Where `published` holds a date, that stays, and `draft` is set instead. */
function flagFor({ dialect, fields }: PostFile, timezone: string): readonly [key: string, value: boolean] {
  const [key, value] = WRITERS[dialect].draft;
  const isDate = parseDate(textOf(fields.get(key)) ?? "", timezone) !== undefined;
  return isDate ? ["draft", true] : [key, value];
}

export function asDraft(file: PostFile, timezone: string): FieldChange {
  const [key, value] = flagFor(file, timezone);
  return { path: [key], key, value: bare(value) };
}

/** Of the key by which a withdrawn post is known from a draft. */
export const markPath = ({ dialect }: PostFile): readonly string[] => `${WRITERS[dialect].extra}withdrawn`.split(".");

export function withdrawnFile(file: PostFile, { now, site }: PostsContext): Uint8Array {
  const flag = asDraft(file, site.timezone);
  const was = writtenIn(file.bytes, flag.path);
  const at = bare(dateText(now, site.timezone, "rfc"));
  const mark: FieldValue =
    was === undefined
      ? at
      : new Map<string, FieldValue>([
          ["at", at],
          ["was", was],
        ]);
  return withChanges(file.bytes, { fields: [flag, { path: markPath(file), key: "withdrawn", value: mark }] });
}

const SHORTLY_MS = 5 * 60_000;

export function isJustWithdrawn(file: PostFile, { now, site }: PostsContext): boolean {
  const at = withdrawnAt(file, site);
  return at !== undefined && Date.parse(now) - Date.parse(at) < SHORTLY_MS;
}

/** When it was withdrawn. */
export function withdrawnAt({ withdrawn }: PostFile, { timezone }: Pick<Site, "timezone">): Instant | undefined {
  const value = withdrawn?.value ?? null;
  const written = isMapValue(value) ? value.members.get("at") : value;
  return typeof written === "string" ? parseDate(written, timezone) : undefined;
}

export function restoredFile(file: PostFile): Uint8Array {
  const { withdrawn, dialect, fields } = file;
  const value = withdrawn?.value ?? null;
  const was = isMapValue(value) ? value.members.get("was") : undefined;
  const key = ["published", "draft"].find((name) => holds(name, fields.get(name))) ?? WRITERS[dialect].draft[0];
  if (was !== undefined && (typeof was !== "string" || !/^[^\n\r]{1,100}$/.test(was))) {
    throw invalid("`withdrawn` was changed by hand: remove it and the draft flag where the file is written");
  }
  const flag = { path: [key], key, value: was === undefined ? undefined : bare(was) };
  const next = withChanges(file.bytes, { fields: [flag, { path: markPath(file), key: "withdrawn" }] });
  return withoutEmptyBlock(next);
}

function holds(name: string, field: Parameters<typeof flagOf>[0]): boolean {
  const flag = flagOf(field);
  return flag === (name === "draft");
}
