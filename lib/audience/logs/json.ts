/** Lines of JSON, each an object. */
import { objectOf, parseJson, textOf } from "../../base/json.ts";

export type JsonObject = NonNullable<ReturnType<typeof objectOf>>;

/** `undefined` for anything but an object. */
export const parseObject = (line: string): JsonObject | undefined =>
  line.charCodeAt(0) === 0x7b ? objectOf(parseJson(line)) : undefined;

/** Empty for anything but a text. */
export const textIn = (value: unknown): string => textOf(value) ?? "";
