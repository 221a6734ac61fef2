/** Makes channels: the path, title, description and language of each. */

import type { Kind, ListedRecord } from "../model.ts";
import type { ChannelRule, NamedChannel, Site } from "../site/types.ts";
import { partKey } from "./parts.ts";
import type { CalendarPeriod } from "./periods.ts";
import type { Channel } from "./types.ts";
import { folderOfKey } from "./urls.ts";

export function siteChannel(site: Site): Channel {
  const { title, description, language, content, formats } = site;
  return { key: "site", kind: "site", path: "", name: [], title, description, language, content, formats };
}

type WithFacts = Pick<ListedRecord, "facts">;

/** `key` is `<kind>/<slug>`; `common` is the language of all its posts, if they have one in common. */
export function kindChannel(
  key: string,
  kind: Kind,
  name: readonly string[],
  rule: ChannelRule,
  common: string | undefined,
  site: Site,
): Channel {
  const [code = ""] = name;
  const shown = kind === "languages" ? [languageName(code)] : name;
  const language = kind === "languages" ? code : (common ?? site.language);
  return channelBy({ key, kind, path: folderOfKey(key, site), name: shown, language }, rule, site);
}

export function namedChannel(named: NamedChannel, entries: readonly WithFacts[], site: Site): Channel {
  const { path, language = commonLanguage(entries) ?? site.language } = named;
  return channelBy(
    { key: `channels/${path}`, kind: "channels", path: `${path}/`, name: [path.split("/").at(-1) ?? path], language },
    named,
    site,
  );
}

export function archiveChannel({ name: period }: CalendarPeriod, part: number, site: Site): Channel {
  const { description, language, content, formats } = site;
  const key = partKey(period, part);
  const name = part === 1 ? period : `${period} (${part})`;
  return {
    key,
    kind: "archive",
    path: `${key}/`,
    name: [name],
    title: `${site.title}: ${name}`,
    description,
    language,
    content,
    formats,
  };
}

const DEFAULT_TITLE = "{site}: {name}";

function channelBy(
  place: Pick<Channel, "key" | "kind" | "path" | "name" | "language">,
  { title = DEFAULT_TITLE, description, content, formats }: ChannelRule,
  site: Site,
): Channel {
  const values: { readonly [blank: string]: string } = { "{site}": site.title, "{name}": place.name.join(" / ") };
  const filled = (template: string) => template.replace(/\{(?:site|name)\}/g, (blank) => values[blank] ?? blank);
  return {
    ...place,
    title: filled(title),
    description: description === undefined ? site.description : filled(description),
    content,
    formats,
  };
}

/** The language of all entries, if they have one in common. */
export function commonLanguage(entries: readonly WithFacts[]): string | undefined {
  const [first] = entries;
  return first && entries.every(({ facts }) => facts.language === first.facts.language)
    ? first.facts.language
    : undefined;
}

/** The language's name in that language: `English`, `中文（中国）`. */
function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
  } catch {
    return code; // not a language tag
  }
}
