/** Reads the feeds of a former system from files and from the web, with all their pages. */
import { createReadStream } from "node:fs";
import { readAll } from "../base/bytes.ts";
import { present } from "../base/optional.ts";
import { FeedError } from "./feeds.ts";
import { type FormerFeed, parseFormerFeed } from "./former.ts";

export interface Source {
  /** The path or address as it was given. */
  readonly name: string;
  /** From the newest to the oldest. */
  readonly pages: readonly FormerFeed[];
  /** Where a feed read from a file says that older entries are. */
  readonly next?: string;
}

const TIMEOUT_MS = 30_000;
const LIMIT = { maxBytes: 64_000_000, tooLarge: (why: string) => new FeedError(why) };
const MAX_PAGES = 1000;

/** Throws a `FeedError` that names the source. */
export async function readSource(name: string, log: (line: string) => void): Promise<Source> {
  try {
    return /^https?:\/\//i.test(name) ? { name, pages: await readPages(name, log) } : await readFeedFile(name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FeedError(`${name}: ${code === "ENOENT" ? "there is no such file; name a file or a URL" : message}`);
  }
}

async function readFeedFile(name: string): Promise<Source> {
  const feed = parseFormerFeed(await readAll(createReadStream(name), LIMIT));
  return { name, pages: [feed], ...present({ next: feed.next }) };
}

/** From the newest to the oldest. No page is read twice, even if pages link in a circle. */
async function readPages(address: string, log: (line: string) => void): Promise<readonly FormerFeed[]> {
  const pages: FormerFeed[] = [];
  const visited = new Set<string>();
  const ids = new Set<string>();
  let isGuess = false;
  for (let next: string | undefined = address; next !== undefined && !visited.has(next); ) {
    if (pages.length === MAX_PAGES)
      throw new FeedError(`it has more than ${MAX_PAGES} pages: save its pages, and name the files`);
    visited.add(next);
    const feed = await readPage(next, pages.length === 0, isGuess);
    const hasNewEntry = feed?.entries.some(({ id }) => !ids.has(id));
    if (!feed || (isGuess && !hasNewEntry)) break;
    for (const { id } of feed.entries) ids.add(id);
    pages.push(feed);
    if (pages.length > 1) log(`read ${next}`);
    isGuess = feed.isGuess === true;
    next = feed.next;
  }
  return pages;
}

/** Nothing if a page that the feed does not link (`isGuess`) cannot be read. */
async function readPage(address: string, isFirst: boolean, isGuess: boolean): Promise<FormerFeed | undefined> {
  try {
    if (!/^https?:\/\//i.test(address))
      throw new FeedError("it is not an http or https address, so save that page, and name the file, too");
    const { body, type, url } = await fetchBytes(address);
    return parseFormerFeed(body, url, type);
  } catch (error) {
    if (isGuess) return undefined;
    throw isFirst ? error : new FeedError(`its page ${address}: ${(error as Error).message}`);
  }
}

async function fetchBytes(
  address: string,
): Promise<{ readonly body: Uint8Array; readonly type: string; readonly url: string }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const accept =
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml, application/json, */*;q=0.5";
  try {
    const response = await fetch(address, { signal, headers: { accept, "user-agent": "dripfeed" } });
    if (!response.ok) {
      await response.body?.cancel();
      throw new FeedError(
        `${`the server answered ${response.status} ${response.statusText}`.trim()}: correct the address, or save the feed and name the file`,
      );
    }
    return {
      body: await readAll(response.body ?? [], LIMIT),
      type: response.headers.get("content-type") ?? "",
      url: response.url || address,
    };
  } catch (error) {
    if (error instanceof FeedError) throw error;
    const { name, message, cause } = error as Error;
    if (name === "TimeoutError")
      throw new FeedError(
        `the server did not answer within ${TIMEOUT_MS / 1000} seconds: try again, or save the feed and name the file`,
      );
    throw new FeedError(
      `it cannot be fetched: ${cause instanceof Error ? cause.message : message}: correct the address, or save the feed and name the file`,
    );
  }
}
