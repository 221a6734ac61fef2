/** The worst that an author can type, and a file that holds it. */
import fc from "fast-check";

const worst = fc.constantFrom(
  ...[
    "]]>",
    "]]>]]>",
    "&",
    "&amp;",
    "&#8;",
    "<",
    ">",
    '"',
    "'",
    "<b>",
    "</p>",
    "<!--",
    "-->",
    "<script>alert(1)</script>",
  ],
  ...[
    "\u0000",
    "\u0008",
    "\u000b",
    "\u001f",
    "\u007f",
    "\u0085",
    "\u2028",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udfff",
    "\ud83d",
  ],
  ...["👩‍🌾", "扶贫", "　　", "مرحبا \u202e", "हिन्दी", "\ufeff", "%title%", "$&", "\\", "`", "{{", "{%"],
);
export const anyText = fc
  .array(fc.oneof(worst, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 8 })
  .map((pieces) => pieces.join(""));

export interface NastyPost {
  readonly title: string;
  readonly tag: string;
  readonly author: string;
  /** One line, without a backtick. */
  readonly code: string;
  readonly noise: string;
}

/** Titles, tags and authors are never empty: each starts with a letter of its own. */
export function fileOf({ title, tag, author, code, noise }: NastyPost): string {
  return `---
title: ${JSON.stringify(`t${title}`)}
date: 2026-01-02T03:04:05Z
tags: [${JSON.stringify(`g${tag}`)}]
author: { name: ${JSON.stringify(`a${author}`)} }
---
\`\`\`
c${code}
\`\`\`

${noise}
`;
}
