/** Warnings about a valid site, for which its posts and channels have to be known. */

import { siteProblem } from "../base/problems.ts";
import { writtenNumber } from "../base/text.ts";
import type { Format, Problem } from "../model.ts";
import { fitsPath, plainPath, withFolders } from "./rules.ts";
import type { Renamed, Site } from "./types.ts";

/** The year that the ids of a site were made with, its posts, and its channels. */
export interface SiteContents {
  readonly since: number;
  readonly records: readonly { readonly key: string }[];
  readonly channels: readonly PublishedChannel[];
  /** Channels that are not published, since their folder is that of another. */
  readonly displaced?: readonly { readonly key: string; readonly path: string; readonly by: string }[];
  /** With the keys of the channels. */
  readonly renamed?: readonly (Renamed & { readonly keys: { readonly from: string; readonly to: string } })[];
}

interface PublishedChannel {
  readonly key: string;
  readonly formats: readonly Format[];
  readonly total: number;
  /** Of the podcast: how many episodes it carries and leaves out, and about how many bytes its feed has. */
  readonly episodes?: number;
  readonly missing?: number;
  readonly bytes?: number;
}

/** In bytes. No directory names its limit; several stop reading at about so much, and the CDN compresses no larger file. */
const LARGE_PODCAST = 10_000_000;

export function siteWarnings(site: Site, contents: SiteContents): readonly Problem[] {
  const { since, posts, exclude, defaults, taxonomies, kinds, channels: named } = site;
  const { since: fixed, records, channels, displaced = [] } = contents;
  const isUnused = unusedAmong(records);
  const withValues = [...new Set(defaults.flatMap(({ paths }) => paths))];
  const unused = [
    ...exclude.paths.filter(isUnused).map((path) => ["exclude.paths", path] as const),
    ...withValues.filter(isUnused).map((path) => ["defaults.paths", path] as const),
  ];
  const fix = `write since: ${fixed}, or leave it: ids stay as they are`;
  const totals = totalsOf(channels);
  const unnamed = taxonomies.filter((kind) => kinds[kind] && !channels.some(({ key }) => key.startsWith(`${kind}/`)));
  const empty = named.filter(({ path }) => totals.get(`channels/${path}`) === 0);
  return [
    ...(since === fixed ? [] : [siteProblem("site-since", `ids were made with since: ${fixed}`, { fix })]),
    ...podcastWarnings(site, channels),
    ...renamedWarnings(contents),
    ...displaced.map(({ key, path, by }) =>
      siteProblem("site-channel", `kinds: ${key} is not published, since its folder ${path} is that of ${by}`, {
        fix: "write another folder for one of the two, such as `kinds: { tags: { path: tag/{slug}/ } }`, or use another name",
      }),
    ),
    ...empty.map(({ path }) => siteProblem("site-channel", `channels: no post belongs in ${path}`)),
    ...(records.length > 0 ? unnamed : []).map((kind) =>
      siteProblem("site-channel", `taxonomies: no post has a name under \`${kind}\``, {
        fix: `correct the key, or write names under \`${kind}\` in posts`,
      }),
    ),
    ...(records.length > 0 ? [] : [siteProblem("site-no-posts", `no file matches posts: ${posts.join(", ")}`)]),
    ...unused.map(([where, path]) => siteProblem("site-rule", `${where}: no post is at ${path}`)),
  ];
}

/** Whether no post is at a path. */
function unusedAmong(records: SiteContents["records"]): (path: string) => boolean {
  let paths: ReadonlySet<string> | undefined;
  return (path) => {
    const plain = plainPath(path);
    if (plain !== undefined) {
      paths ??= new Set(records.flatMap(({ key }) => withFolders(key)));
      return !paths.has(plain);
    }
    const rule = [path]; // one list for all keys, since the matcher is cached by list
    return !records.some(({ key }) => fitsPath(rule, key));
  };
}

const totalsOf = (channels: SiteContents["channels"]): ReadonlyMap<string, number> =>
  new Map(channels.map(({ key, total }) => [key, total]));

/** Of a renamed channel subscribers are led to the new one: the old one is to have no posts, and the new one is to be there. */
function renamedWarnings({ renamed = [], channels }: SiteContents): readonly Problem[] {
  const totals = totalsOf(channels);
  const total = (key: string) => totals.get(key);
  return renamed.flatMap(({ kind, from, to, keys }) => {
    const [old, now] = [from.join("/"), to.join("/")];
    const isNamed = kind === "channels";
    const left = total(keys.from) ?? 0;
    const who = left === 1 ? "a post still has" : `${left} posts still have`;
    const among = `among ${left === 1 ? "its" : "their"} ${kind}`;
    return [
      ...(isNamed && total(keys.from) !== undefined
        ? [
            siteProblem("site-renamed", `renamed: ${old} is still one of channels, and served as such`, {
              fix: "remove one of the two",
            }),
          ]
        : left > 0 && !isNamed
          ? [siteProblem("site-renamed", `renamed: ${who} ${old} ${among}`)]
          : []),
      ...((total(keys.to) ?? 0) > 0
        ? []
        : [
            siteProblem(
              "site-renamed",
              `renamed: no post is in ${isNamed ? "" : `${kind} `}${now}, to which ${old} leads`,
              {
                fix: "correct the new name, or give it to posts",
              },
            ),
          ]),
    ];
  });
}

function podcastWarnings({ podcast, icon, image }: Site, channels: SiteContents["channels"]): readonly Problem[] {
  if (!podcast) return [];
  const channel = channels.find(({ key }) => key === podcast.channel);
  const warn = (message: string, fix?: string) => siteProblem("site-podcast", message, fix ? { fix } : {});
  if (!channel) return [warn(`podcast.channel: there is no channel ${podcast.channel}`)];
  const { episodes = 0, missing = 0, bytes = 0, total } = channel;
  const end = podcast.type === "serial" ? "first" : "oldest";
  const which = missing === 1 ? `its ${end} episode` : `its ${end} ${missing} episodes`;
  const isMostlyText = !podcast.isLimited && missing === 0 && total > 20 && episodes * 2 < total;
  const why = podcast.isLimited ? "its limit leaves out" : "it has no room for";
  const smaller = "write `content: summary` or shorter notes";
  const hasRss = channel.formats.includes("rss");
  const hasImage = [podcast.image, icon, image].some((url) => url !== undefined);
  return [
    ...(hasRss
      ? []
      : [warn(`podcast: ${channel.key} has no RSS, the only format that podcast apps read`, "add rss to its formats")]),
    ...(isMostlyText
      ? [
          warn(
            `podcast: ${episodes} of ${total} posts of ${channel.key} have a recording, and its feed carries all of them`,
            "write channel: with the tag or category of the episodes, such as tags/podcast; or a limit",
          ),
        ]
      : []),
    ...(missing === 0
      ? []
      : [
          warn(
            `podcast: ${why} ${which}, which podcast apps then show no more`,
            podcast.isLimited ? `remove \`limit\` of ${channel.key}, or raise it` : `${smaller}, or raise guard.bytes`,
          ),
        ]),
    ...(bytes <= LARGE_PODCAST
      ? []
      : [warn(`podcast: its feed has about ${writtenNumber(bytes)} bytes, which directories may refuse`, smaller)]),
    ...(hasImage ? [] : [warn("podcast.image is missing, which directories expect", "add a square picture")]),
  ];
}
