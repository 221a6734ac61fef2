/** What the owner says in `site.yaml` that a construct shows: nothing, its content, or a text with its arguments in it. */
import { foldedName } from "../../../base/names.ts";
import type { DialectName } from "../../../model.ts";
import { parseArguments, partsOf } from "../syntax/arguments.ts";
import { beginsHtmlBlock } from "../syntax/lines.ts";
import type { BlockOutput, Call, Output, Tools } from "../types.ts";
import { kept } from "./call.ts";
import { block, hasMarkdown } from "./output.ts";
import { escapedFor, type Slot, slotsOf } from "./slots.ts";

export type OwnerTemplates = ReadonlyMap<string, string>;

const folded = new WeakMap<object, OwnerTemplates>();

/** The templates of a site by the keys of their names. */
export function ownerTemplates(templates: { readonly [name: string]: string }): OwnerTemplates {
  const known = folded.get(templates);
  if (known) return known;
  const byKey = new Map(Object.entries(templates).map(([name, text]) => [foldedName(name), text] as const));
  folded.set(templates, byKey);
  return byKey;
}

/** `undefined` where the owner has no words for any of the names. */
export function ownOutput(names: readonly string[], call: Omit<Call, "key">, { context, growth }: Tools): Output {
  const { templates } = context;
  const template = templates && names.map((name) => templates.get(foldedName(name))).find((each) => each !== undefined);
  if (template === undefined) return undefined;
  if (template === "drop") return "";
  return template === "content" ? kept : filled(template, call, positionalOf(call, context.dialect), growth.left);
}

/** A colon within a word of a tag is part of it, as in `track:abc`. Themes of Hexo split arguments at commas. */
function positionalOf({ kind, args }: Omit<Call, "key">, dialect: DialectName): readonly string[] {
  if (kind !== "tag" || dialect === "eleventy") return args.words;
  if (dialect === "hexo" && /,\s|::/.test(args.raw)) return partsOf(args.raw);
  return /\w:\S/.test(args.raw) ? parseArguments(args.raw, { hasColons: false }).words : args.words;
}

/** Slots that would show more than `most` characters are empty, but for the content, which is shown once in any case. */
function filled(
  template: string,
  call: Omit<Call, "key">,
  words: readonly string[],
  most: number,
): string | BlockOutput {
  const { parts, isHtml } = slotsOf(template);
  const isBlock = template.includes("\n") || beginsHtmlBlock(template) || (call.isAlone && isLong(call.body));
  const once = parts.find((part) => typeof part !== "string" && part.name === "content" && part.place === "text");
  let left = most - (once ? (call.body?.length ?? 0) : 0);
  const text = parts
    .map((part) => (typeof part === "string" ? part : part === once ? shownOf(part) : fitting(part)))
    .join("");
  return isBlock ? block(text.replace(/^\n+|(?<!\n)\n+$/g, "")) : text;

  function fitting(slot: Slot): string {
    if (left < 0) return "";
    const shown = shownOf(slot);
    left -= shown.length;
    return left < 0 ? "" : shown;
  }

  function shownOf(slot: Slot): string {
    if (slot.name !== "content" || call.body === undefined) return escapedFor(slot, argumentOf(slot.name));
    if (slot.place !== "text") return escapedFor(slot, call.body.trim());
    if (slot.prefix !== "") return call.body.split("\n").join(`\n${slot.prefix}`);
    // Beside the tags of a block no Markdown is read (CommonMark 4.6).
    const isApart = isBlock && isHtml && hasMarkdown(call.body);
    return isApart ? `\n\n${call.body}\n\n` : call.body;
  }

  function argumentOf(name: string): string {
    if (/^\d+$/.test(name)) return words[Number(name)] ?? "";
    const { named } = call.args;
    const key = foldedName(name);
    return (
      named.get(name.toLowerCase()) ?? [...named].find(([own]) => foldedName(own.replace(/^:/, "")) === key)?.[1] ?? ""
    );
  }
}

const isLong = (body: string | undefined): boolean => body?.includes("\n") ?? false;

/** What to do about a construct that is not known: a line for `site.yaml`. Nothing stands within an include to be kept. */
export function fixOfUnknown(name: string, isInclude = false): string {
  const others = isInclude ? "" : `, \`${keyIn(name)}: content\``;
  const example = `\`${keyIn(name)}: '<a href="https://example.com/{0}">{title}</a>'\``;
  return `under \`templates:\` in site.yaml, add \`${keyIn(name)}: drop\`${others} or what it shows: ${example}; or write in Markdown or HTML what feeds should show in its place`;
}

/** A name as a key of YAML. */
const keyIn = (name: string): string => (/^\w[\w.-]*$/.test(name) ? name : JSON.stringify(name));
