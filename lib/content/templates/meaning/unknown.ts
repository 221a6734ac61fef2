/** A construct that no table has but that names one address is shown as a link to it. */
import type { Call, Output, Tools } from "../types.ts";
import { namedOf } from "./call.ts";
import { embedUrl, isEmbed } from "./media/embeds.ts";
import { playerOf } from "./media/players.ts";
import { block, inert, link } from "./output.ts";

const ADDRESS = /^https?:\/\/[^\s<>"]+$/;
/** The names of arguments whose address a construct is taken to be about. */
const NAMES = ["url", "href", "src", "link"];
const LABELS = ["title", "text", "name", "label"];

/** A player, an embed or a link, when exactly one address is among the arguments; warns when other text is lost. */
export function linkOf(call: Call, tools: Tools): Output {
  const { words } = call.args;
  const named = NAMES.map((name) => call.args.named.get(name) ?? "");
  const [url, ...others] = new Set([...words, ...named].filter((value) => ADDRESS.test(value)));
  if (url === undefined || others.length > 0) return undefined;
  const label = namedOf(call, ...LABELS) ?? words.find((word) => word !== url);
  const rest = [...words, ...call.args.named.values()].filter((value) => value !== url && value !== label);
  if (rest.some(isText)) tools.warn(`${tools.written} is not known to feeds: of it only a link stays`);
  return placed(url, label, call);
}

function placed(url: string, label: string | undefined, { body: written, isAlone }: Call): Output {
  const body = written?.trim() || undefined;
  const shown = playerOf(url, label) ?? (isEmbed(url) ? embedUrl(url, label) : undefined);
  const isLabel = body !== undefined && !/\n|\]\(|<a[\s>]/.test(body);
  if (shown === undefined && isLabel) return link(url, body);
  const own = shown ?? link(url, inert(label ?? withoutScheme(url)));
  if (body === undefined) return own;
  return isAlone ? block(`${body}\n\n${own}`) : `${body} ${own}`;
}

/** Whether a reader would miss it: words or an address, rather than a setting of how it looks. */
const isText = (value: string): boolean => /\S\s+\S/.test(value) || ADDRESS.test(value);

export const withoutScheme = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?|\/$/g, "");
