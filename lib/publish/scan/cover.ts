/** The podcast's picture, where it is a file of the content: directories refuse what is no square of their size. */
import { readPicture } from "../../base/picture.ts";
import { SITE_KEY, siteProblem } from "../../base/problems.ts";
import type { Problem } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { readObject, type Store, StoreUnreadable } from "../../stores/store.ts";
import { lookUp } from "./objects.ts";

/** https://podcasters.apple.com/support/896-artwork-requirements */
const LEAST = 1400;
const MOST = 3000;
const FIX = `make it a square of ${LEAST} to ${MOST} pixels, as JPEG or PNG`;

/** A larger file is not read. */
const MAX_BYTES = 20_000_000;

export interface CoverInput {
  readonly content: Store;
  readonly site: Site;
  /** With hints the file is looked at only if they name it, so that a run without work reads nothing for it. */
  readonly hints: readonly string[] | undefined;
}

export async function coverProblems({ content, site, hints }: CoverInput): Promise<readonly Problem[]> {
  const [name, url] = coverOf(site);
  if (url === undefined) return [];
  const { isMediaFile, locationOf, namedFile } = await import("../../content/facts/files.ts");
  const { noted } = await import("../../content/outside.ts");
  const file = namedFile(url, locationOf({ key: SITE_KEY, url: site.url }, site, noted({})));
  if (!file || (hints && !file.keys.some((key) => hints.includes(key)))) return [];
  const warn = (what: string, fix: string) => [siteProblem("site-podcast", `${name}: ${what}`, { fix })];

  const objects = await lookUp(content, file.keys);
  const key = file.keys.find((each) => objects.has(each));
  if (key === undefined) {
    // The website may serve it from elsewhere, unless it is where the content is served from.
    return isMediaFile(file) ? warn(`the content store has no ${url}`, "correct the URL, or add the file") : [];
  }
  if ((objects.get(key)?.size ?? 0) > MAX_BYTES) return warn(`${key} has more than ${MAX_BYTES / 1e6} MB`, FIX);
  const body = await read(content, key);
  if (!body) return [];
  const picture = readPicture(body);
  if (!picture) return warn(`${key} is neither JPEG nor PNG, which directories demand`, FIX);
  const { width, height } = picture;
  if (width === height && width >= LEAST && width <= MOST) return [];
  return warn(`${key} is ${width} × ${height} pixels, which directories refuse`, FIX);
}

/** What feeds show as the podcast's picture, and the key that names it. */
function coverOf({ podcast, icon, image }: Site): readonly [name: string, url: string | undefined] {
  if (!podcast) return ["", undefined];
  if (podcast.image !== undefined) return ["podcast.image", podcast.image];
  return icon !== undefined ? ["icon, the podcast's picture", icon] : ["image, the podcast's picture", image];
}

/** `undefined` when it went meanwhile, or cannot be read. */
async function read(content: Store, key: string): Promise<Uint8Array | undefined> {
  try {
    return (await readObject(content, key))?.body;
  } catch (error) {
    if (error instanceof StoreUnreadable) return undefined;
    throw error;
  }
}
