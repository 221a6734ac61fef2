/** Writes the Markdown that constructs are rendered as, with HTML where Markdown has no syntax for it. */
import { escapeAttribute, escapeText } from "../../../base/text.ts";
import { afterBlankLines } from "../../lines.ts";
import type { BlockOutput } from "../types.ts";

export const block = (text: string): BlockOutput => ({ block: text });

const ENTITIES: { readonly [character: string]: string } = {
  "*": "&#42;",
  _: "&#95;",
  "`": "&#96;",
  "[": "&#91;",
  "]": "&#93;",
  "~": "&#126;",
  "\\": "&#92;",
  $: "&#36;",
};

/** Text without Markdown syntax; tags and entities in it are still HTML. */
export const inert = (text: string): string => text.replace(/[*_`[\]~\\$]/g, (character) => ENTITIES[character] ?? "");

/** Text without syntax, neither of Markdown nor of HTML. */
export const literal = (text: string): string => inert(escapeText(text));

/** Escapes markup but leaves entities: authors write both characters and entities. */
const unmarked = (text: string): string => escapeAttribute(text).replace(/&amp;(#?\w{1,30};)/g, "&$1");

/** An opening tag; attributes that are `undefined` are left out, those that are `true` are written without a value. */
export function element(name: string, attributes: { readonly [name: string]: string | true | undefined }): string {
  const written = Object.entries(attributes).map(([attribute, value]) => {
    if (value === undefined) return "";
    return value === true ? ` ${attribute}` : ` ${attribute}="${unmarked(value).replace(/\s+/g, " ")}"`;
  });
  return `<${name}${written.join("")}>`;
}

export interface Picture {
  readonly src: string;
  readonly alt?: string | undefined;
  readonly title?: string | undefined;
}

/** Markdown where it is read: an `<img>` on a line of its own would begin an HTML block (CommonMark 4.6). */
export function picture({ src, alt = "", title }: Picture, isHtml: boolean): string {
  if (isHtml) return element("img", { src, alt, title });
  const target = /[\s()<>\\*_]/.test(src) ? `<${src.replace(/[<>\n]/g, encodeURIComponent)}>` : src;
  const words = title === undefined ? "" : ` "${unmarked(title).replace(/\\/g, "&#92;").replace(/\s+/g, " ")}"`;
  return `![${inert(unmarked(alt)).replace(/\s+/g, " ")}](${target}${words})`;
}

export interface Figure extends Picture {
  readonly href?: string | undefined;
  /** Markdown. */
  readonly caption?: string | undefined;
}

export function figure({ href, caption, ...shown }: Figure): BlockOutput {
  const image = element("img", { ...shown, alt: shown.alt ?? "" });
  const content = href === undefined ? image : link(href, image);
  return block(captioned(content, caption));
}

/** A figure of any content; Markdown in it and in its caption is read. */
export function captioned(content: string, caption: string | undefined): string {
  if (caption === undefined) return `<figure>${content}</figure>`;
  return hasMarkdown(caption)
    ? `<figure>${content}\n<figcaption>\n\n${caption}\n\n</figcaption>\n</figure>`
    : `<figure>${content}<figcaption>${caption}</figcaption></figure>`;
}

/** Inline HTML, which works in a paragraph, a list, a table and an HTML block. */
export const link = (href: string, label: string): string => `${element("a", { href })}${label}</a>`;

export const bold = (text: string): string => `<strong>${text}</strong>`;

export function quote(body: string, title?: string, footer?: string): BlockOutput {
  const parts = [title === undefined ? "" : bold(title), body, footer === undefined ? "" : `— ${footer}`];
  return block(`<blockquote>\n\n${parts.filter((part) => part !== "").join("\n\n")}\n\n</blockquote>`);
}

export function details(summary: string, body: string): BlockOutput {
  const heading = hasMarkdown(summary) ? `<summary>\n\n${summary}\n\n</summary>` : `<summary>${summary}</summary>`;
  return block(`<details>\n${heading}\n\n${body}\n\n</details>`);
}

/** Code in a fence longer than any in it; content that is fenced already stays as it is. */
export function fenced(code: string, language = ""): BlockOutput {
  const text = code.slice(afterBlankLines(code)).trimEnd();
  const fenceOfItsOwn = /^(?:`{3,}|~{3,})/.exec(text)?.[0];
  const lastLine = text.slice(text.lastIndexOf("\n") + 1);
  if (fenceOfItsOwn && lastLine !== text && lastLine === fenceOfItsOwn) return block(text);
  const runs = [...text.matchAll(/`{3,}/g)].map(({ 0: run }) => run.length + 1);
  const fence = "`".repeat(runs.reduce((longest, length) => Math.max(longest, length), 3));
  return block(`${fence}${language.replace(/[\s`]/g, "")}\n${text}\n${fence}`);
}

const FENCED = /^(`{3,99})([^\s`]*)\n/;

/** A block for a text in HTML: code without its fence, which is Markdown. */
export function blockInHtml(text: string): BlockOutput {
  const [opening, fence, language] = FENCED.exec(text) ?? [];
  if (opening === undefined || !text.endsWith(`\n${fence}`)) return block(text);
  const code = escapeText(text.slice(opening.length, text.lastIndexOf("\n")));
  return block(`<pre>${element("code", { class: language ? `language-${language}` : undefined })}${code}</code></pre>`);
}

export const hasMarkdown = (text: string): boolean => /[*_`[\]~]|\n/.test(text);
