/** Other names of a note, by which others link to it; in site generators these are former addresses. */
import type { DialectName } from "../../model.ts";
import { type Fields, namesOf as listed } from "../frontmatter/values.ts";

const MOST = 20;
const LONGEST = 200;

export function namesOf(fields: Fields, dialect: DialectName): readonly string[] | undefined {
  if (dialect !== "plain") return undefined;
  const names = ["aliases", "alias"].flatMap((key) => listed(fields.get(key), /,/));
  const notes = names.filter((name) => !/^\/|\/$|^https?:/i.test(name) && name.length <= LONGEST).slice(0, MOST);
  return notes.length === 0 ? undefined : notes;
}
