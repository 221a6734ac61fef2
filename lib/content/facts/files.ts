/** A file that front matter names: its URL, and the content keys that it may have. */
import { memoised, memoisedOf } from "../../base/memoised.ts";
import { folderOf } from "../../base/paths.ts";
import type { ReportProblem } from "../../base/problems.ts";
import { isServed, MEDIA, SERVED } from "../../base/served.ts";
import { percentDecoded } from "../../base/text.ts";
import type { MediaBase } from "../../model.ts";
import { mediaBaseOf, mediaUrlsOf, servedAt } from "../../site/media.ts";
import type { Site } from "../../site/types.ts";
import { isKey, ownFolderOf } from "../files/paths.ts";
import type { Meant } from "../files/types.ts";
import type { NotedFacts } from "../outside.ts";
import { webUrl } from "./address.ts";
import { quoted } from "./members.ts";

/** What names of files in a post are resolved with, and looked up in. */
export interface PostLocation {
  readonly key: string;
  readonly url: string;
  readonly siteUrl: string;
  readonly mediaBase: MediaBase | undefined;
  /** The base of media that the site does not serve itself. */
  readonly mediaRoot: string | undefined;
  /** Beginnings of URLs of the content's media that are not below the site's. */
  readonly mediaUrls: readonly string[];
  /** The size of the first of these keys that the content store has; all become dependencies of the post. */
  readonly sizeOf: (keys: readonly string[]) => number | undefined;
  /** Where the dialect looks for a file that the front matter names; `undefined` where the text says it. */
  readonly meant: (written: string) => string | undefined;
  /** Reports a file that is named, belongs into the content store, and is not there. */
  readonly expect: (file: NamedFile, what: string, report: ReportProblem, field: Line | undefined) => void;
}

interface Line {
  readonly line: number;
}

/** What is the same of every post of a site. */
const ofSite = memoisedOf((site: Site) => ({
  siteUrl: site.url,
  mediaBase: mediaBaseOf(site),
  mediaRoot: site.media === site.url ? undefined : site.media,
  mediaUrls: mediaUrlsOf(site),
}));

/** Without a content store that was looked into no file is missed. */
export function locationOf(
  { key, url }: Pick<PostLocation, "key" | "url">,
  site: Site,
  outside: Pick<NotedFacts, "sizeOf" | "isLookedUp">,
  meant: Meant = () => undefined,
): PostLocation {
  const sizeOf = (keys: readonly string[]) => keys.map(outside.sizeOf).find((size) => size !== undefined);
  return {
    key,
    url,
    ...ofSite(site),
    sizeOf,
    meant: (written) => meant(written, "front matter"),
    expect({ written, keys }, what, report, field) {
      if (keys.length === 0 || sizeOf(keys) !== undefined || !outside.isLookedUp) return;
      report("media-missing", `the content store has no ${what} ${quoted(written)}`, field);
    },
  };
}

export interface NamedFile {
  readonly written: string;
  /** Absolute; where it is served. */
  readonly url: string;
  /** Empty for a file elsewhere. */
  readonly keys: readonly string[];
}

/** Whether the content store is where the file is served from: others may be the website's alone. */
export const isMediaFile = ({ keys }: NamedFile): boolean => keys.some(isServed);

/** Whether the text may be a path or a URL. The id of a service, a flag or a sentence is not. */
export function looksLikeFile(text: string): boolean {
  if (/^https?:\/\/./i.test(text) || /^\/\/[^/]/.test(text)) return true;
  if (/^[a-z][a-z\d+.-]*:/i.test(text) || text.length > MAX_PATH) return false;
  // From the end, so that not each extension is followed to it.
  return /$(?<=\.[a-z\d]{2,5}(?:[?#].*)?)/i.test(text) || (text.includes("/") && !/\s/.test(text) && text.length > 1);
}

const MAX_PATH = 2000;

/** `undefined` when the text gives no http(s) URL. */
export function namedFile(text: string, location: PostLocation): NamedFile | undefined {
  const url = looksLikeFile(text) ? webUrl(location.meant(text) ?? text, location.url) : undefined;
  if (url === undefined) return undefined;
  const { siteUrl, mediaBase, mediaUrls } = location;
  const rooted = [...pathsBelow(siteUrl, url), ...mediaPaths(mediaUrls, url)].flatMap((path) =>
    SERVED.map((folder) => folder + percentDecoded(path)),
  );
  const isBeside = rooted.length > 0 && !/^(?:\/|https?:)/i.test(text);
  const beside = isBeside ? besideKeys(text, location.key) : [];
  return { written: text, url: servedAt(url, mediaBase), keys: [...new Set([...beside, ...rooted])].filter(isKey) };
}

/** A bare name of which the store has no file is one below the base of the site's media, as podcast themes read it. */
export function namedRecording(text: string, location: PostLocation): NamedFile | undefined {
  const { mediaRoot, siteUrl, sizeOf, meant } = location;
  const file = namedFile(text, location);
  if (!file || mediaRoot === undefined || /[/\\:]/.test(text) || meant(text) !== undefined) return file;
  const others = [siteUrl + MEDIA, mediaRoot].flatMap((base) => namedFile(base + text, location) ?? []);
  const found = [file, ...others].find(({ keys }) => sizeOf(keys) !== undefined) ?? others.at(-1) ?? file;
  return { ...found, written: text };
}

/** For the addresses of sites, which are few. */
const parsedUrl = memoised((siteUrl: string) => new URL(siteUrl));

/** The path of a URL below that of the site, and below the root of its host; none on another host. */
function pathsBelow(siteUrl: string, url: string): readonly string[] {
  const { origin, pathname } = parsedUrl(siteUrl);
  const target = new URL(url);
  if (target.origin !== origin) return [];
  const below = target.pathname.startsWith(pathname) ? [target.pathname.slice(pathname.length)] : [];
  return [...below, target.pathname.slice(1)];
}

/** Of a URL that is written where media are served. */
function mediaPaths(mediaUrls: readonly string[], url: string): readonly string[] {
  const beginning = mediaUrls.find((each) => url.startsWith(each));
  return beginning === undefined ? [] : [MEDIA + (url.slice(beginning.length).split(/[?#]/, 1)[0] ?? "")];
}

/** In the post's own folder, and in the one that has its name (Hexo's asset folder). */
function besideKeys(text: string, key: string): readonly string[] {
  return [folderOf(key), ownFolderOf(key)].flatMap((base) => {
    const encoded = base.split("/").map(encodeLoosely).join("/");
    return URL.canParse(text, `https://x/${encoded}`)
      ? [percentDecoded(new URL(text, `https://x/${encoded}`).pathname.slice(1))]
      : [];
  });
}

const encodeLoosely = (part: string): string => encodeURIComponent(part.toWellFormed());
