/** Errors that `09-well-formed-and-as-written.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a control character passes",
    edits: [
      {
        file: "lib/base/text.ts",
        find: "const NOT_XML = /[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]|\\p{Surrogate}/gu;",
        replace: "const NOT_XML = /[\\u0000-\\u0007\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]|\\p{Surrogate}/gu;",
      },
    ],
  },
  {
    name: "a lone surrogate passes",
    edits: [
      {
        file: "lib/base/text.ts",
        find: "const NOT_XML = /[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]|\\p{Surrogate}/gu;",
        replace: "const NOT_XML = /[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]/g;",
      },
    ],
  },
  {
    name: "an ampersand that looks escaped is not escaped",
    edits: [
      {
        file: "lib/base/text.ts",
        find: 'return /[&<>]/.test(text) ? text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") : text;',
        replace:
          'return /[&<>]/.test(text) ? text.replace(/&(?!\\w+;)/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") : text;',
      },
    ],
  },
  {
    name: "a quote ends an attribute",
    edits: [
      {
        file: "lib/base/text.ts",
        find: 'return escapeText(text).replace(/"/g, "&quot;");',
        replace: "return escapeText(text);",
      },
    ],
  },
  {
    name: "a title in OPML is not escaped",
    edits: [
      {
        file: "lib/formats/opml.ts",
        find: 'return value === undefined ? "" : ` ${name}="${xmlAttribute(value)}"`;',
        replace:
          'return value === undefined ? "" : ` ${name}="${value.replaceAll("\\"", "&quot;").replaceAll("<", "&lt;")}"`;',
      },
    ],
  },
  {
    name: "a wide space is replaced",
    edits: [
      {
        file: "lib/base/text.ts",
        find: '.replace(/[ \\t\\r\\n]+/g, " ")',
        replace: '.replace(/\\s+/g, " ")',
      },
    ],
  },
  {
    name: "a page does not escape a title",
    edits: [
      {
        file: "lib/formats/page.ts",
        find: "<title>${title}</title>",
        replace: "<title>${raw(title)}</title>",
      },
    ],
  },
];
