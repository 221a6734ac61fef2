/** What a tag becomes, where that can be decided without a tree. */
import { Parser } from "htmlparser2";
import { isFragmentLink } from "./anchors.ts";
import { asShown, attributesOf, isForPagesOnly, isOrdinary } from "./attributes.ts";
import { isFrame, linkOfFrame } from "./frames.ts";
import { element, type HtmlAttributes, htmlOf } from "./nodes.ts";
import { CLOSES, ELEMENTS, VITAL, VOID } from "./profile.ts";
import { unescaped } from "./reading.ts";

export interface Tag {
  readonly name: string;
  /** As it is written; empty for a tag that is removed while its content stays. */
  readonly written: string;
  readonly isVoid: boolean;
  readonly closes: ReadonlySet<string> | undefined;
}

const tagOf = (name: string, written: string): Tag => ({
  name,
  written,
  isVoid: VOID.has(name),
  closes: CLOSES.get(name),
});

const PLAYERS: ReadonlySet<string> = new Set(["video", "audio"]);
const ALIGNED = [' align="left"', ' align="center"', ' align="right"'];

/** Tags that stay unchanged, by the text between their brackets: those without attributes, and aligned cells. */
const UNCHANGED: ReadonlyMap<string, Tag> = new Map(
  [...ELEMENTS.keys()]
    .filter((name) => VITAL[name] === undefined && !PLAYERS.has(name))
    .flatMap((name) => [name, ...(name === "td" || name === "th" ? ALIGNED.map((side) => name + side) : [])])
    .map((text) => [text, tagOf(/^\w+/.exec(text)?.[0] ?? "", `<${text}>`)]),
);

/** A URL with `/.` in it, which still has to be normalised, is excluded by another test. */
const PLAIN_LINK =
  /^a href="https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}\/[\w.~!$()*+,;=:@/?#-]*(?:&amp;[\w.~!$()*+,;=:@/?#-]*)*"(?: title="[^"&<]*(?:&(?:amp|lt|gt|quot);[^"&<]*)*")?$/;
const PLAIN_CODE = /^code class="language-[\w+#.-]+"$/;
const LINK = tagOf("a", "<a>");
const CODE = tagOf("code", "<code>");

/** A tag that stays unchanged. It is recognised by its text alone, since a post has hundreds. */
export function unchangedTag(text: string, base: string, open: readonly Tag[]): Tag | undefined {
  const plain = UNCHANGED.get(text);
  if (plain) return plain;
  if (text.startsWith("code ") && PLAIN_CODE.test(text)) return CODE;
  if (!text.startsWith("a ") || !PLAIN_LINK.test(text) || /\/\.|xn--/.test(text)) return undefined;
  return mayLink(open, { href: unescaped(text.slice(8, text.indexOf('"', 8))) }, base) ? LINK : undefined;
}

const HEADING = /^h[1-6]$/;

/** A link may not be in another; nor, if it points at the page itself, in a heading. */
function mayLink(open: readonly Tag[], attributes: HtmlAttributes, base: string): boolean {
  for (const { name, written } of open) {
    if (name === "a" && written !== "") return false;
    if (HEADING.test(name) && isFragmentLink(attributes, base)) return false;
  }
  return true;
}

export interface ChangedTag {
  readonly written: string;
  /** The end of all that it replaces. */
  readonly end: number;
  /** Absent when the tag is replaced together with its content. */
  readonly tag?: Tag;
}

const CHECKBOXES: ReadonlyMap<string, string> = new Map([
  ['input checked="" disabled="" type="checkbox"', "☑"],
  ['input disabled="" type="checkbox"', "☐"],
]);

/** What any other tag becomes; the text after it begins at `at`. `undefined` where a tree is needed. */
export function changedTag(
  html: string,
  text: string,
  at: number,
  open: readonly Tag[],
  base: string,
): ChangedTag | undefined {
  const checkbox = CHECKBOXES.get(text);
  if (checkbox !== undefined) return { written: checkbox, end: at };
  const parsed = parsedTag(text);
  if (parsed === undefined) return undefined;
  const { name, attributes } = parsed;
  const isHidden = (isFrame(name) || (ELEMENTS.has(name) && !VOID.has(name))) && isForPagesOnly(attributes);
  if (isHidden || (isFrame(name) && open.length === 0)) {
    // Only if it is empty, and closes no other element; what stands behind an `embed` is never in it.
    if (CLOSES.get(name)?.has(open.at(-1)?.name ?? "")) return undefined;
    const close = html.indexOf("<", at);
    if (name === "embed" || text.endsWith("/") || !html.startsWith(`</${name}>`, close)) return undefined;
    const context = { base, parent: ROOT, isWithin: () => false };
    const shown = isHidden ? [] : linkOfFrame(name, asShown(name, attributes), context);
    return { written: htmlOf(shown), end: close + name.length + 3 };
  }
  if (!isOrdinary(name, attributes) || (name === "a" && !mayLink(open, attributes, base))) return undefined;
  const safe = attributesOf(name, attributes, base);
  const written = safe === undefined ? "" : `<${name}${safe}>`;
  return { written, end: at, tag: tagOf(name, written) };
}

const ROOT = element("#root", []);

interface ParsedTag {
  readonly name: string;
  readonly attributes: HtmlAttributes;
}

const SIMPLE = /^[a-z][a-z0-9]*(?: [a-z]+="[^"&]*(?:&(?:amp|lt|gt|quot);[^"&]*)*")*$/;

/** `undefined` if the tag does not end at its first `>`. */
function parsedTag(text: string): ParsedTag | undefined {
  if (SIMPLE.test(text)) return simpleTag(text);
  if (!/^[a-z]/i.test(text)) return undefined; // a `<` before it is text
  let parsed: ParsedTag | undefined;
  new Parser({
    onopentag(found, attributes) {
      parsed = { name: found, attributes };
    },
  }).end(`<${text}>`);
  return parsed;
}

function simpleTag(text: string): ParsedTag {
  let at = text.indexOf(" ");
  if (at === -1) return { name: text, attributes: {} };
  const name = text.slice(0, at);
  const attributes: { [name: string]: string } = {};
  while (at < text.length) {
    const equals = text.indexOf("=", at);
    const end = text.indexOf('"', equals + 2);
    attributes[text.slice(at + 1, equals)] ??= unescaped(text.slice(equals + 2, end));
    at = end + 1;
  }
  return { name, attributes };
}
