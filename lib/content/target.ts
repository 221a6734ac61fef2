/** The target of a link post in its text: few readers show it elsewhere, and some show nothing but the text. */
import { domainToUnicode } from "node:url";
import { escapeAttribute, escapeText, withoutEnding } from "../base/text.ts";
import type { Answering, Post } from "../model.ts";
import { linksIn, plainText } from "./html/reading.ts";

/** The host of a URL as people know it: in Unicode and without `www.`, the same in every language. */
export function hostOf(url: string): string {
  const { hostname, host, port } = new URL(url);
  const known = (domainToUnicode(hostname) || hostname).replace(/^www\.(?=.*\.)/, "");
  return port === "" ? known : `${known}${host.slice(-port.length - 1)}`;
}

export const targetLine = (target: string, before = ""): string =>
  `<p>${before}<a href="${escapeAttribute(target)}">${escapeText(hostOf(target))}</a></p>`;

/** What a post does to its target, in the languages that we speak; in any other the link stands alone. */
const WORDS: { readonly [response in Answering]: { readonly [language: string]: string } } = {
  like: { en: "Liked ", zh: "喜欢 " },
  repost: { en: "Reposted ", zh: "转发 " },
  reply: { en: "In reply to ", zh: "回复 " },
};

/** Feed-safe HTML that links to the target: with a last line that does, unless something in it does already. */
export function withTarget(html: string, target: string, post: Pick<Post, "response" | "language">): string {
  const said = post.response && WORDS[post.response][post.language.split("-")[0] ?? ""];
  if (linksTo(html, target)) return said === undefined ? html : withWords(html, target, said);
  const line = targetLine(target, said);
  return html === "" ? line : `${html}\n${line}`;
}

/** With words before the link where it has a line to itself, in a first paragraph of links and pictures alone: sentences are broken into lines, too. */
function withWords(html: string, target: string, said: string): string {
  const end = html.indexOf("</p>");
  if (!html.startsWith("<p>") || end < 0) return html;
  const paragraph = html.slice("<p>".length, end);
  if (plainText(linksIn(paragraph).around) !== "") return html;
  const lines = paragraph.split("\n");
  const at = lines.findIndex((line) => {
    const { links, around } = linksIn(line);
    return line.startsWith("<a ") && links.length === 1 && /^(?:<br>)?$/.test(around) && linksTo(line, target);
  });
  return at < 0 ? html : `<p>${lines.with(at, said + lines[at]).join("\n")}${html.slice(end)}`;
}

/** Links without words or a picture cannot be followed. */
function linksTo(html: string, target: string): boolean {
  const wanted = normalised(target);
  return linksIn(html).links.some(
    ({ href, inner }) => normalised(href) === wanted && (inner.includes("<img ") || plainText(inner) !== ""),
  );
}

/** Two addresses are the same, in spite of `http:`, `www.`, a last slash, or what is percent-encoded. */
export function normalised(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname, search, hash } = new URL(url);
  const address = host.replace(/^www\./, "") + withoutEnding(pathname, "/") + search + hash;
  return protocol.replace("http:", "https:") + decoded(address);
}

function decoded(address: string): string {
  return address.replace(/(?:%[89a-f][\da-f])+|%[0-7][\da-f]/gi, (escaped) => {
    try {
      return escaped.toLowerCase() === "%3b" ? ";" : decodeURI(escaped);
    } catch {
      return escaped; // not UTF-8
    }
  });
}
