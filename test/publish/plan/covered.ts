/** A publication in which every field of the types has a value, and each change of one of its fields. */
import type { Channel, Window } from "../../../lib/channels/types.ts";
import type { Entry, Facts, Instant, ListedRecord, LiveStatus, Tombstone } from "../../../lib/model.ts";
import type { Site } from "../../../lib/site/types.ts";
import type { TagAuthority } from "../../../lib/state/ids.ts";

/** No field is absent: one that is added to a type must be added to the sample, or it does not compile. */
type Complete<T> = T extends readonly (infer Member)[]
  ? readonly Complete<Member>[]
  : T extends object
    ? { readonly [K in keyof T]-?: Complete<Exclude<T[K], undefined>> }
    : T;

type OptionalKey<T> = { [K in keyof T]-?: Pick<T, K> extends Required<Pick<T, K>> ? never : K }[keyof T];
type Optional<T> = Complete<Pick<T, OptionalKey<T>>>;
type Mandatory<T> = Complete<Omit<T, OptionalKey<T>>>;

/** What documents are made of. Its parts stand for the same parts of several windows. */
export interface Sample {
  readonly site: Site;
  readonly podcastGuid: string;
  readonly authority: TagAuthority;
  readonly updated: Instant;
  readonly channels: readonly Channel[];
  /** The first is a stream. */
  readonly posts: readonly Facts[];
  readonly status: LiveStatus;
  readonly deleted: readonly Tombstone[];
  readonly total: number;
}

const RULE: Complete<Site["kinds"][string]> = {
  ...{ path: "tags/{slug}/", limit: { entries: 2, days: 3, bytes: 4 }, content: "full", formats: ["rss", "atom"] },
  ...{ title: "{site} on {name}", description: "All on {name}" },
};
const ALLOWANCE = { posts: 1, percent: 2 };
const AMOUNT = { number: 1, perPost: 2 };
const RULES = { paths: ["a/**"], tags: ["a"], categories: ["a"] };

const SITE: Mandatory<Site> = {
  ...{ title: "Field notes", url: "https://example.com/", feeds: "http://feeds.example.com/", description: "Notes" },
  ...{ media: "https://media.example.com/", language: "en", timezone: "UTC", since: 2020, permalink: "/:slug/" },
  ...{ authors: { ada: { name: "Ada", email: "ada@example.com", url: "https://example.com/ada/" } } },
  ...{ limit: { entries: 20, days: 30, bytes: 1_000_000 }, formats: ["rss", "atom", "json"], languages: ["en"] },
  files: { rss: "rss.xml", atom: "atom.xml", json: "feed.json", page: "index.html" },
  ...{ fileDates: false, include: RULES, exclude: RULES, content: "full", taxonomies: ["series"], tombstones: 30 },
  defaults: [{ paths: ["a/**"], values: { tags: "a" }, lines: { tags: 1 } }],
  ...{ templates: { note: "drop" }, variables: { name: "a" }, kinds: { tags: RULE, series: RULE }, pages: true },
  channels: [
    {
      ...{ path: "video", language: "en", of: { tags: ["a"] }, match: "all", limit: RULE.limit },
      ...{ content: "full", formats: ["rss"], title: "Video", description: "All videos" },
    },
  ],
  ...{ aliases: [{ from: "feed/", to: "rss.xml" }], retired: [{ from: "old/", to: "atom.xml" }] },
  renamed: [{ kind: "tags", from: ["a"], to: ["b"] }],
  ...{ sourceMarkdown: true, emoji: true, enclosurePrefix: "https://count.example/", hubs: ["https://hub.example/"] },
  guard: {
    ...{ gone: ALLOWANCE, ids: ALLOWANCE, updated: ALLOWANCE, published: ALLOWANCE, bytes: 1, tags: 1 },
    ...{ channels: AMOUNT, documents: AMOUNT, written: AMOUNT },
  },
  ...{ posts: ["posts/**"], host: "edge", replace: ["a/**"], cacheControl: "max-age=300" },
};

const SITE_OPTIONS: Optional<Site> = {
  ...{ dialect: "hugo", archives: "month", ttl: 60, updates: { period: "daily", frequency: 2 }, skipHours: [1, 2] },
  ...{ skipDays: ["Sunday", "Monday"], image: "https://example.com/image.png", icon: "https://example.com/icon.png" },
  ...{ favicon: "https://example.com/favicon.ico", accent: "#2a9d83", color: "#2a9d84", rights: "© Ada" },
  footer: "[{title}]({url}) :tada: {site} [here](/here)",
  podcast: {
    ...{ channel: "tags/tea", isLimited: true, guid: "own", medium: "podcast", explicit: false, type: "serial" },
    ...{ categories: [["Society", "Places"]], image: "https://example.com/cover.jpg", author: "Ada Field" },
    ...{ owner: { name: "Ada", email: "ada@example.com" }, locked: true, newFeedUrl: "https://example.com/new.xml" },
    ...{ funding: [{ url: "https://example.com/give", text: "Give" }], complete: true },
    persons: [
      { name: "Lin", role: "host", group: "cast", image: "https://example.com/lin.png", url: "https://lin.example/" },
    ],
  },
};

const FACTS: Mandatory<Facts> = {
  ...{ id: "tag:example.com,2020:posts/a", title: "A walk", url: "https://example.com/a/", language: "en", size: 1 },
  ...{ published: "2026-05-01T10:00:00Z", updated: "2026-05-02T10:00:00Z", authors: ["Ada"], tags: ["tea", "mint"] },
  ...{ categories: [["Drinks", "Tea"]], sourceDigest: "s", wordsDigest: "w", inputHash: "stream" },
};

const FACTS_OPTIONS: Optional<Facts> = {
  ids: { rss: "https://example.com/a/", isPermaLink: true, atom: "urn:a", json: "urn:json" },
  ...{ undated: true, givesId: true, section: "notes", terms: { series: ["one"] }, leadSize: 1, content: "full" },
  live: { start: "2026-06-01T10:00:00Z", end: "2026-06-01T11:00:00Z", status: "live" },
  ...{ translation: "a", playable: true, besides: 1, names: ["walk"] },
  links: {
    references: [
      {
        ...{ written: "b.md", sought: "file", line: 1, language: "en" },
        ...{ titled: true, perhaps: true, marked: true },
      },
    ],
    ...{
      targets: ["none"],
      own: "o",
      former: { hash: "h", place: { pack: "p", start: 1, length: 2 }, targets: ["none"] },
    },
  },
};

const channel = (
  kind: Channel["kind"],
  key: string,
  name: readonly string[],
  formats: Channel["formats"],
): Complete<Channel> => ({
  ...{ kind, key, name, path: key === "site" ? "" : `${key}/`, title: `Notes: ${name.join()}`, language: "en" },
  ...{ description: `On ${name.join()}`, content: "full", formats },
});

const PLAIN: Facts = { ...FACTS, id: "urn:b", url: "https://example.com/b/", inputHash: "plain", tags: [] };

export const SAMPLE: Sample = {
  site: { ...SITE, ...SITE_OPTIONS },
  podcastGuid: "917393e3-1b1e-5cef-ace4-edaa54e1f810",
  authority: { authority: "example.com", since: 2020 },
  updated: "2026-06-01T00:00:00Z",
  channels: [
    channel("site", "site", [], ["rss", "atom", "json"]),
    channel("archive", "archive/2026-04", ["April"], ["rss", "atom", "json"]),
    channel("archive", "archive/2026-05", ["May"], ["rss", "json"]),
    channel("tags", "tags/tea", ["tea"], ["rss", "json"]),
    channel("categories", "categories/drinks/tea", ["Drinks", "Tea"], ["atom", "rss"]),
    { ...channel("languages", "languages/en", ["English"], ["json"]), content: "summary" },
    { ...channel("languages", "languages/fr", ["français"], ["json"]), language: "fr" },
  ],
  posts: [{ ...FACTS, ...FACTS_OPTIONS }, PLAIN],
  status: "live",
  deleted: [{ id: "urn:gone", when: "2026-05-03T00:00:00Z" }],
  total: 2,
};

/** The site's, its archives, and one for each of the other channels: the first two archives are each other's neighbours. */
export function windowsOf({ channels, posts, status, deleted, total }: Sample): readonly Window[] {
  const records = posts.map((facts): ListedRecord => {
    return { key: "posts/a.md", state: "public", etag: "e", problems: [], deps: [], facts };
  });
  const [stream] = posts;
  const [, older, newer] = channels;
  return channels.map((channel, i): Window => {
    const history = { ...(i === 0 && newer && { previous: newer }), ...(i === 1 && newer && { next: newer }) };
    const neighbours = i === 2 && older ? { previous: older } : history;
    const live = stream && channel.kind !== "archive" ? { [stream.id]: status } : {};
    return { channel, records, deleted, live, total: i === 4 ? total + 1 : total, history: neighbours };
  });
}

/** Another hash means another entry. */
export const entryOf = (hash: string): Entry => ({
  ...{
    title: `Title ${hash}`,
    language: "en",
    authors: [{ name: "Ada" }],
    html: "<p>More words.</p>",
    summary: "Words.",
  },
  image: "https://media.example.com/media/a.png",
  media: [
    {
      ...{ url: "https://count.example/media.example.com/media/a.mp3", type: "audio/mpeg", length: 1 },
      ...{ medium: "audio" as const, alternates: [] },
    },
  ],
  ...(hash === "stream" && {
    live: { start: "2026-06-01T10:00:00Z", url: "https://live.example/", type: "video/mp4" },
  }),
});

// ── Changes ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Change {
  /** Of the field: `site.authors.ada.name`, `posts.0.tags`; with `-` before it, it is left out. */
  readonly field: string;
  readonly sample: Sample;
}

/** Every change of one field, however deep; and each optional field of the site and of posts left out. */
export function changesOf(sample: Sample): readonly Change[] {
  const changed = changedFields(sample, "").map(([field, value]) => ({ field, sample: value as Sample }));
  const { site, posts } = sample;
  const [stream, ...others] = posts;
  const withoutOf = (key: string, of: object) =>
    Object.fromEntries(Object.entries(of).filter(([name]) => name !== key));
  const ofSite = Object.keys(SITE_OPTIONS).map((key) => {
    return { field: `-site.${key}`, sample: { ...sample, site: withoutOf(key, site) as unknown as Site } };
  });
  const ofPosts = Object.keys(FACTS_OPTIONS).map((key) => {
    const without = withoutOf(key, stream ?? {}) as unknown as Facts;
    return { field: `-posts.0.${key}`, sample: { ...sample, posts: [without, ...others] } };
  });
  return [...changed, ...ofSite, ...ofPosts];
}

function changedFields(value: unknown, field: string): readonly (readonly [field: string, value: unknown])[] {
  if (typeof value === "object" && value !== null) {
    const inner = Object.entries(value).flatMap(([key, each]) =>
      changedFields(each, field === "" ? key : `${field}.${key}`).map(([path, changed]) => {
        const copy = Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
        return [path, copy] as const;
      }),
    );
    const shorter =
      Array.isArray(value) && field !== "channels" ? [[`${field}.length`, value.slice(0, -1)] as const] : [];
    return [...inner, ...shorter];
  }
  return otherValues(value, field.slice(field.lastIndexOf(".") + 1)).map((other) => [field, other] as const);
}

/** Values that are of use in this field; kinds and formats are not fields that change by themselves. */
function otherValues(value: unknown, name: string): readonly unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1];
  if (typeof value !== "string" || name === "kind" || /^(?:rss|atom|json|edge)$/.test(value)) return [];
  if (name === "language") return ["de"];
  if (name === "timezone") return ["Asia/Tokyo"];
  if (name === "content") return [value === "full" ? "summary" : "full"];
  if (name === "status") return ["pending", "ended"].filter((other) => other !== value);
  if (/^#[0-9a-f]{6}$/.test(value)) return ["#c2185b"];
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return [`2027${value.slice(4)}`];
  return [value.includes("://") ? value.replace("://", "://x") : `${value}x`];
}
