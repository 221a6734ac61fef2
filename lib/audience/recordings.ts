/** Posts in the state store → their episodes, videos and streams that the site serves itself. */
import { decodePath } from "../edge/address.ts";
import type { Entry, ListedRecord, PostRecord, Rendition } from "../model.ts";
import { mediaUrlsOf, unprefixed } from "../site/media.ts";
import type { Site } from "../site/types.ts";
import { readCatalog } from "../state/catalog.ts";
import { readEntries } from "../state/entries.ts";
import { readHead } from "../state/head.ts";
import type { Store } from "../stores/store.ts";
import type { Recording, RecordingFile } from "./types.ts";

/** Entries that are held at a time. */
const AT_ONCE = 200;

/** Where several posts have one file, the older one has it here. Nothing before the first run. */
export async function readRecordings(state: Store, site: Site): Promise<readonly Recording[] | undefined> {
  const { value: head } = await readHead(state);
  const catalog = await readCatalog(state, head);
  if (!catalog) return undefined;
  const records = catalog.records
    .filter(mayHaveRecording)
    .sort((a, b) => (a.facts.published < b.facts.published ? -1 : 1));
  const found = new Map<string, Recording>();
  for (let start = 0; start < records.length; start += AT_ONCE) {
    const some = records.slice(start, start + AT_ONCE);
    const places = some.flatMap(({ facts, rendered }) => (rendered ? [[facts.inputHash, rendered] as const] : []));
    const entries = await readEntries(state, new Map(places));
    for (const { facts } of some) {
      const entry = entries.get(facts.inputHash);
      if (!entry) continue;
      for (const recording of recordingsOf(entry, facts, site)) {
        if (!found.has(recording.path)) found.set(recording.path, recording);
      }
    }
  }
  return [...found.values()];
}

const mayHaveRecording = (record: PostRecord): record is ListedRecord =>
  record.facts !== undefined &&
  (record.state === "public" || record.lastGood === true) &&
  (record.facts.playable === true || record.facts.live !== undefined);

function recordingsOf(entry: Entry, { published }: ListedRecord["facts"], site: Site): readonly Recording[] {
  const { title } = entry;
  const played = (entry.media ?? [])
    .filter(({ medium }) => medium === "audio" || medium === "video")
    .flatMap((media): readonly Recording[] => {
      const files = [media, ...media.alternates].flatMap((each) => fileOf(each, media.duration ?? 0, site));
      const [main] = files;
      return main ? [{ path: main.path, title, published, isStream: false, files }] : [];
    });
  const stream = entry.live && pathOf(entry.live.url, site);
  if (stream === undefined) return played;
  const files = [{ path: stream, length: 0, duration: 0 }];
  return [...played, { path: stream, title, published, isStream: true, files }];
}

function fileOf({ url, length }: Rendition, duration: number, site: Site): readonly RecordingFile[] {
  const path = pathOf(url, site);
  return path === undefined ? [] : [{ path, length, duration }];
}

/** The decoded path of what the site serves, without a slash at its start; nothing for what is elsewhere. */
function pathOf(url: string, site: Site): string | undefined {
  const bare = unprefixed(url, site.enclosurePrefix);
  if (!URL.canParse(bare)) return undefined;
  const { host, pathname } = new URL(bare);
  const own = [site.url, site.feeds, ...mediaUrlsOf(site)].map((each) => new URL(each).host);
  return own.includes(host) ? decodePath(pathname)?.slice(1) : undefined;
}
