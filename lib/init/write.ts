/** Values → `site.yaml`, each with a comment that says where it was read. */
import { stringify } from "yaml";

/** A key of the file; `remark` is a line above it. */
export interface KeyToWrite {
  readonly key: string;
  readonly value: unknown;
  readonly from?: string;
  readonly remark?: string;
}

const MOST_SHOWN = 200;

/** On one line, without what a reader of YAML would take for its end. */
export const oneComment = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff\ufffe\uffff\s]+/gu, " ")
    .trim()
    .slice(0, MOST_SHOWN)
    .toWellFormed();

const OPTIONS = { lineWidth: 0, flowCollectionPadding: true, defaultStringType: "PLAIN" } as const;

export function writeSite(head: readonly string[], keys: readonly KeyToWrite[]): string {
  const lines = head.map((line) => `# ${oneComment(line)}`);
  for (const { key, value, from, remark } of keys) {
    if (remark !== undefined) lines.push(`# ${oneComment(remark)}`);
    const text = stringify({ [key]: value }, OPTIONS).trimEnd();
    const comment = from === undefined ? "" : ` # ${oneComment(from)}`;
    if (comment === "") lines.push(text);
    else if (text.includes("\n")) lines.push(comment.trim(), text);
    else lines.push(text + comment);
  }
  return `${lines.join("\n")}\n`;
}
