/** `node test/audience/logs/bench.ts`: lines a second of each format, plain and packed, with all of the work on one core. */
import { gzipSync } from "node:zlib";
import { readLog } from "../../../lib/audience/logs/read.ts";
import { type LoggedLine, WRITERS } from "./writers.ts";

const LINES = 300_000;
const CHUNK_BYTES = 65_536;

const AGENTS = [
  "Feedly/1.0 (+https://feedly.com/poller.html; 457 subscribers; like FeedFetcher-Google)",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "NetNewsWire (RSS Reader; https://netnewswire.com/)",
  "Overcast/1.0 Podcast Sync (993 subscribers; feed-id=554901; +http://overcast.fm/)",
];

function lineOf(i: number): LoggedLine {
  return {
    ms: Date.UTC(2026, 10, 28) + i * 280,
    method: "GET",
    host: "feeds.example.com",
    path: i % 7 === 0 ? `/media/episode-${i % 40}.mp3` : `/tags/tag-${i % 97}/feed.xml`,
    query: i % 5 === 0 ? "utm_source=reader" : "",
    status: i % 3 === 0 ? 304 : 200,
    bytes: 20_000 + (i % 1000),
    agent: `${AGENTS[i % AGENTS.length]} ${i % 500}`,
    address: `2001:db8::${(i % 60_000).toString(16)}`,
    range: i % 7 === 0 ? { start: 0, end: 99_999 } : undefined,
    id: `${i.toString(36).padStart(12, "x")}hNt3xYk0mG9pQ2vR5sT8uW1zA4bC7dE0fH3jK6lM==`,
  };
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
}

async function measure(name: string, bytes: Uint8Array): Promise<void> {
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    let sum = 0;
    const before = process.cpuUsage();
    const { lines, damaged } = await readLog(chunksOf(bytes), (request) => {
      sum += request.bytes;
    });
    const { user, system } = process.cpuUsage(before);
    if (lines !== LINES || damaged > 0 || sum === 0) throw new Error(`${name}: ${lines} lines, ${damaged} damaged`);
    // Of all threads together: garbage is collected, and gzip unpacked, by others than the one that reads.
    rounds.push((LINES / (user + system)) * 1_000_000);
  }
  const best = Math.round(Math.max(...rounds));
  process.stdout.write(`${name.padEnd(28)} ${best.toLocaleString("en")} lines a second\n`);
}

for (const [name, write] of Object.entries(WRITERS)) {
  const bytes = Buffer.from(write(Array.from({ length: LINES }, (_, i) => lineOf(i))));
  await measure(`${name} (${Math.round(bytes.length / LINES)} bytes)`, bytes);
  await measure(`${name}, gzip`, gzipSync(bytes, { level: 6 }));
}
