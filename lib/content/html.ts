/** HTML → feed-safe HTML, in one streaming pass: only what the profile lists comes out, with absolute URLs. */
import { Parser } from "htmlparser2";
import { parseSrcset, stringifySrcset } from "srcset";
import { xmlSafe } from "./text.ts";

export interface SafeHtml {
  readonly html: string;
  /** The text of the first paragraph that has any, for a summary. */
  readonly lead: string;
}

/** What each element may carry besides `GLOBAL`; an element that is not here is taken away and its text stays. */
const ELEMENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  `
  p br hr div span section article aside header footer main nav address
  h1 h2 h3 h4 h5 h6
  b i u s em strong small big tt mark sub sup kbd samp var abbr cite dfn bdi bdo wbr strike
  ruby rt rp
  ul dl dt dd
  figure figcaption picture summary
  table thead tbody tfoot tr caption
  pre
  a: href
  audio: src controls
  blockquote: cite
  code: class
  col: span
  colgroup: span
  data: value
  del: cite datetime
  details: open
  img: src srcset sizes alt width height
  ins: cite datetime
  li: value
  ol: start reversed type
  q: cite
  source: src srcset sizes type media width height
  td: colspan rowspan align
  th: colspan rowspan align scope
  time: datetime
  track: src kind srclang label
  video: src poster width height controls
  `
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [names = "", attributes = ""] = line.split(":");
      return names
        .trim()
        .split(/\s+/)
        .map((name) => [name, new Set(attributes.split(/\s+/).filter(Boolean))] as const);
    }),
);

const GLOBAL = new Set(["title", "lang", "dir"]);

/** Taken away together with all they hold. */
const DROPPED = new Set([
  ...["script", "style", "template", "noscript", "title", "iframe", "object", "applet", "noembed", "noframes"],
  ...["svg", "math", "select", "textarea", "button", "datalist", "frameset", "xmp", "plaintext"],
]);

const VOID = new Set(["br", "col", "hr", "img", "source", "track", "wbr"]);

/** Of a link, and of what a page loads by itself. */
const LINK_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "sms:", "xmpp:", "magnet:"]);
const LOAD_SCHEMES = new Set(["http:", "https:"]);
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/=]+$/i;

/** Resolves every URL against `base`, the post's own. What comes out comes out of it again as it is. */
export function makeFeedSafe(html: string, base: string): SafeHtml {
  const first = filter(withoutOpenEnds(html), base);
  // An element that is taken away may have kept its parent from being closed, which shows when it is gone.
  return first.isWhole ? first : { ...filter(first.html, base), lead: first.lead };
}

/** Elements that swallow what follows as long as they are not closed. */
const SWALLOWING = [
  ...["script", "style", "template", "noscript", "title", "iframe", "object", "noembed", "noframes"],
  ...["svg", "math", "select", "textarea", "button", "xmp", "plaintext"],
].join("|");
const SWALLOWING_OPEN = new RegExp(`<(${SWALLOWING})\\b`, "gi");
const SWALLOWING_CLOSE = new RegExp(`</(${SWALLOWING})[\\s/>]`, "gi");

/** An element that is never closed would take the rest of the post with it: it is text, as its author may have meant. */
function withoutOpenEnds(html: string): string {
  const lastClose = new Map<string, number>();
  for (const { 1: name = "", index } of html.matchAll(SWALLOWING_CLOSE)) lastClose.set(name.toLowerCase(), index);
  return html.replace(SWALLOWING_OPEN, (tag, name: string, offset: number) => {
    return (lastClose.get(name.toLowerCase()) ?? -1) > offset ? tag : `&lt;${name}`;
  });
}

function filter(html: string, base: string): SafeHtml & { readonly isWhole: boolean } {
  const out: string[] = [];
  const open: { readonly name: string; readonly isWritten: boolean }[] = [];
  let dropping = 0;
  let isWhole = true;
  let lead = "";
  let paragraph: string | undefined;

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const isDropped = dropping > 0 || DROPPED.has(name) || isForReadersOfPages(attributes);
        const attributeText = isDropped ? undefined : attributesOf(name, attributes, base);
        open.push({ name, isWritten: attributeText !== undefined });
        if (attributeText === undefined) isWhole = false;
        else out.push(`<${name}${attributeText}>`);
        if (isDropped) dropping += 1;
        else if (name === "input") out.push(checkboxText(attributes));
        else if (name === "p" && lead === "") paragraph = "";
      },
      ontext(text) {
        if (dropping > 0) return;
        const safe = xmlSafe(text);
        if (paragraph !== undefined) paragraph += safe;
        out.push(escapeText(safe));
      },
      onclosetag(name) {
        // A tag that the end of the text cuts off is closed without having been opened.
        if (open.at(-1)?.name !== name) return;
        const isWritten = open.pop()?.isWritten;
        if (dropping > 0) {
          dropping -= 1;
          return;
        }
        if (name === "p" && paragraph !== undefined) {
          if (paragraph.trim() !== "") lead = paragraph;
          paragraph = undefined;
        }
        if (isWritten && !VOID.has(name)) out.push(`</${name}>`);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  );
  parser.end(html);
  return { html: out.join("").trimEnd(), lead, isWhole };
}

/** `>` is escaped too, so that no `]]>` is ever left to end a CDATA section. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") : text;
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, "&quot;");
}

/** A heading that only screen readers get, in a page that has a style sheet. A feed has none. */
function isForReadersOfPages(attributes: { readonly [name: string]: string }): boolean {
  return /(?:^|\s)sr-only(?:\s|$)/.test(attributes["class"] ?? "");
}

function checkboxText(attributes: { readonly [name: string]: string }): string {
  if (attributes["type"]?.toLowerCase() !== "checkbox") return "";
  return attributes["checked"] === undefined ? "☐" : "☑";
}

/** What an element is nothing without. */
const VITAL: { readonly [element: string]: RegExp | undefined } = {
  a: / href="/,
  img: / src(?:set)?="/,
  source: / src(?:set)?="/,
  track: / src="/,
};

/** `undefined` when the element itself is not to be written. */
function attributesOf(name: string, attributes: { readonly [name: string]: string }, base: string): string | undefined {
  const allowed = ELEMENTS.get(name);
  if (!allowed) return undefined;
  let text = "";
  for (const [attribute, value] of Object.entries(attributes)) {
    if (!allowed.has(attribute) && !GLOBAL.has(attribute)) continue;
    const safe = safeValue(name, attribute, value, base);
    if (safe !== undefined) text += ` ${attribute}="${escapeAttribute(xmlSafe(safe))}"`;
  }
  const vital = VITAL[name];
  return vital?.test(text) === false ? undefined : text;
}

function safeValue(element: string, attribute: string, value: string, base: string): string | undefined {
  switch (attribute) {
    case "href":
    case "cite":
      return absoluteUrl(value, base, LINK_SCHEMES);
    case "src":
      return element === "img" && DATA_IMAGE.test(value) ? value : absoluteUrl(value, base, LOAD_SCHEMES);
    case "poster":
      return absoluteUrl(value, base, LOAD_SCHEMES);
    case "srcset":
      return absoluteSrcset(value, base);
    case "class":
      return /(?:^|\s)(language-[\w+#.-]+)/.exec(value)?.[1];
    default:
      return value;
  }
}

function absoluteUrl(value: string, base: string, schemes: ReadonlySet<string>): string | undefined {
  try {
    const url = new URL(value.toWellFormed(), base);
    return schemes.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function absoluteSrcset(value: string, base: string): string | undefined {
  try {
    const candidates = parseSrcset(value).flatMap((candidate) => {
      const url = absoluteUrl(candidate.url, base, LOAD_SCHEMES);
      return url === undefined ? [] : [{ ...candidate, url }];
    });
    return candidates.length > 0 ? stringifySrcset(candidates) : undefined;
  } catch {
    return undefined;
  }
}
