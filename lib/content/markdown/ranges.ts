/** `1~2 and 3~4`, `周一~周五`: a single tilde between two words is a range, and strikes nothing out. */
import type { Tokens } from "marked";
import type { Addition } from "./addition.ts";
import { lineRead } from "./reading.ts";

const SIDE = "[\\p{L}\\p{N}\\p{So}%“”《》「」]";
const RANGE = new RegExp(`(?<=${SIDE})~(?=${SIDE})`, "gu");

export const ranges: Addition = {
  isNeeded: (markdown) => markdown.includes("~") && markdown.search(RANGE) !== -1,
  extension: {
    extensions: [
      {
        name: "range",
        level: "inline",
        tokenizer(rest) {
          const line = lineRead();
          if (!rest.startsWith("~") || line.distance(RANGE, rest) !== 0) return undefined;
          return { type: "text", raw: "~", text: "~" } as Tokens.Text;
        },
      },
    ],
    // Nor is it the end of a deletion.
    hooks: { emStrongMask: (text) => text.replace(RANGE, "a") },
  },
};
