/** Reads files with defaults as front matter is read; a thousand posts below one of them have it read once. */
import { isError, problem } from "../../base/problems.ts";
import { writtenNumber } from "../../base/text.ts";
import type { Problem } from "../../model.ts";
import { readSource } from "../frontmatter/frontmatter.ts";
import { readJson } from "../frontmatter/json.ts";
import { legibleFields } from "../frontmatter/legible.ts";
import { readToml } from "../frontmatter/toml.ts";
import type { Field, FieldsResult, NamedField } from "../frontmatter/types.ts";
import { readYaml } from "../frontmatter/yaml.ts";
import { LONGEST_TEXT } from "../outside.ts";

export interface FileFields {
  /** Each knows its file. Of a file that cannot be read as a whole those that can be read, of which a name may come several times. */
  readonly fields: readonly NamedField[];
  /** Errors alone: what else may be wrong with it concerns no post. */
  readonly problems: readonly Problem[];
}

type Read<T> = (key: string, text: string) => T;

/** The most files of which a reader keeps what it read, and the characters of all of them. */
const MOST_FILES = 200;
const MOST_CHARACTERS = 5_000_000;

/** The same for the same text. */
export function keeping<T>(read: Read<T>): Read<T> {
  const known = new Map<string, { readonly text: string; readonly result: T }>();
  let characters = 0;
  return (key, text) => {
    const former = known.get(key);
    if (former?.text === text) return former.result;
    if (known.size >= MOST_FILES || characters + text.length > MOST_CHARACTERS) {
      known.clear();
      characters = 0;
    }
    const result = read(key, text);
    known.set(key, { text, result });
    characters += text.length;
    return result;
  };
}

export function readFrontMatterOf(key: string, text: string): FileFields {
  const { source, problems, legible } = readSource(key, Buffer.from(text));
  return fieldsOf(key, source ? [...source.fields, ...(source.repeated ?? [])] : legible, problems);
}

export const readJsonFile: Read<FileFields> = (key, text) => readData(key, text, "json", readJson);
export const readYamlFile: Read<FileFields> = (key, text) => readData(key, text, "yaml", readYaml);
export const readTomlFile: Read<FileFields> = (key, text) => readData(key, text, "toml", readToml);

/** Characters; the YAML library, which reads JSON too, takes half a kilobyte of memory for each. */
const MAX_LENGTH = 250_000;

function readData(key: string, text: string, form: "json" | "yaml" | "toml", read: Read<FieldsResult>): FileFields {
  const code = `front-matter-${form}` as const;
  const broken = (...problems: Problem[]) => fieldsOf(key, legibleFields({ form, text, line: 1 }), problems);
  if (text.length > MAX_LENGTH) {
    const size = Buffer.byteLength(text) >= LONGEST_TEXT ? LONGEST_TEXT : MAX_LENGTH;
    const message = `the file has more than ${writtenNumber(size)} characters`;
    return broken(problem("too-slow", key, message, 1, "move what is no fact about posts into a file of another name"));
  }
  try {
    const { fields, problems } = read(key, text);
    // A list, or a file without a value, says nothing of posts.
    const errors = problems.filter((each) => isError(each) && each.code !== "front-matter-keys");
    return errors.length > 0 ? broken(...errors) : fieldsOf(key, [...fields], []);
  } catch (error) {
    return broken(problem(code, key, `the file cannot be read: ${(error as Error).message}`, 1));
  }
}

const KEPT_BACK = "; until then the posts for which it counts are kept back";

function fieldsOf(file: string, fields: readonly NamedField[], problems: readonly Problem[]): FileFields {
  return {
    fields: fields.map(([name, field]): NamedField => [name, { ...field, file } satisfies Field]),
    problems: problems.filter(isError).map((each) => ({ ...each, fix: each.fix + KEPT_BACK })),
  };
}
