/** Objects of JSON, one a line. */

export interface JsonObject {
  readonly [key: string]: unknown;
}

/** `undefined` for anything but an object. */
export function parseObject(line: string): JsonObject | undefined {
  if (line.charCodeAt(0) !== 0x7b) return undefined;
  try {
    return objectOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

export const objectOf = (value: unknown): JsonObject | undefined => (isObject(value) ? value : undefined);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
