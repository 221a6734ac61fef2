/**
 * How fast a made-up day is counted, in how much memory, and how far the estimate is off: `node test/audience/bench.ts [requests]`.
 * Each form of log is counted in a process of its own, by the command itself.
 */
import { execFileSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { readDays } from "../../lib/audience/kept.ts";
import type { DayCount, LogRequest } from "../../lib/audience/types.ts";
import { parseSite } from "../../lib/site/site.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { combinedLine, jsonLine, syntheticDay, type Truth, w3cHead, w3cLine } from "./synthetic.ts";

const DAY = "2026-11-28";
const NOW = "2026-11-29T06:00:00Z";
const TAGS = ["water", "weirs", "滴灌", "pumps"];
const EPISODES = ["media/1.mp3", "media/2.mp3"];
const [requests = 1_000_000] = process.argv.slice(2).map(Number);

const folder = await mkdtemp(join(tmpdir(), "dripfeed-audience-"));
try {
  await writeSite();
  const channels = new Map([
    ["site", ""],
    ...TAGS.map((tag) => [`tags/${tag}`, `tags/${encodeURIComponent(tag)}/`] as const),
  ]);
  const forms: readonly (readonly [string, string, (request: LogRequest) => string])[] = [
    ["w3c", w3cHead, w3cLine],
    ["json", "", jsonLine],
    ["combined", "", combinedLine],
  ];
  console.log(`${requests.toLocaleString("en")} requests of one day, 8 files of each form, compressed`);
  for (const [name, head, line] of forms) {
    const day = syntheticDay({ day: DAY, requests, seed: 1, channels, episodes: EPISODES });
    const logs = join(folder, name);
    const bytes = await writeLogs(logs, head, line, day.requests());
    const began = performance.now();
    const { seconds, megabytes } = await count(logs, join(folder, `state-${name}`));
    const wall = (performance.now() - began) / 1000;
    const rate = Math.round(day.truth.requests / seconds);
    console.log(
      `${name}: ${rate.toLocaleString("en")} lines a second of CPU; ${seconds.toFixed(1)} s CPU, ${wall.toFixed(1)} s, ${megabytes} MiB; ${Math.round(bytes / 1e6)} MB of logs`,
    );
    const state = folderStore(join(folder, `state-${name}`));
    const counted = (await readDays(state, DAY, console.log)).get(DAY);
    if (counted) compare(counted, day.truth);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function writeSite(): Promise<void> {
  const content = join(folder, "content");
  await mkdir(join(content, "posts"), { recursive: true });
  const yaml = "title: Bench\nurl: https://example.com/\nfeeds: https://feeds.example.com/\nsince: 2020\n";
  if (!parseSite(new TextEncoder().encode(yaml), "content", 2026).ok) throw new Error("the site cannot be used");
  await writeFile(join(content, "site.yaml"), yaml);
  for (const [i, episode] of EPISODES.entries()) {
    const url = `https://feeds.example.com/${episode}`;
    const front = `title: Episode ${i}\ndate: 2026-01-0${i + 1}\ntags: [${TAGS.join(", ")}]\naudio: { url: "${url}", length: 600000, duration: 600 }`;
    await writeFile(join(content, "posts", `${i}.md`), `---\n${front}\n---\nText.\n`);
  }
  for (const name of ["w3c", "json", "combined"]) {
    dripfeed("publish", "--state", join(folder, `state-${name}`), "--public", join(folder, `public-${name}`));
  }
}

function dripfeed(...words: readonly string[]): void {
  execFileSync(process.execPath, ["lib/dripfeed.js", ...words, "--content", join(folder, "content"), "--now", NOW], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function writeLogs(at: string, head: string, line: (request: LogRequest) => string, all: Iterable<LogRequest>) {
  await mkdir(at, { recursive: true });
  const files = 8;
  const iterator = all[Symbol.iterator]();
  let bytes = 0;
  for (let i = 0; i < files; i++) {
    const lines = function* () {
      yield head;
      let text = "";
      for (let n = 0; i === files - 1 || n < requests / files; n++) {
        const { value, done } = iterator.next();
        if (done) break;
        text += line(value);
        if (text.length < 1e6) continue;
        yield text;
        text = "";
      }
      yield text;
    };
    const file = join(at, `access.${i}.log.gz`);
    await pipeline(Readable.from(lines()), createGzip({ level: 1 }), createWriteStream(file));
    bytes += (await stat(file)).size;
  }
  return bytes;
}

/** Counts by the command, in a process that writes down at its end what it has used. */
async function count(logs: string, state: string) {
  const usage = join(folder, "usage.json");
  const note = `import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(${JSON.stringify(usage)}, JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: Math.round(maxRSS / 1024) }));
});`;
  const stores = [
    "--content",
    join(folder, "content"),
    "--public",
    state.replace("state-", "public-"),
    "--state",
    state,
  ];
  const preload = `data:text/javascript,${encodeURIComponent(note)}`;
  execFileSync(process.execPath, ["--import", preload, "lib/dripfeed.js", "audience", logs, ...stores, "--now", NOW], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return JSON.parse(await readFile(usage, "utf8")) as { readonly seconds: number; readonly megabytes: number };
}

/** What is said to be exact must be the truth; how far the estimate is off, is told. */
function compare({ channels, recordings }: DayCount, truth: Truth): void {
  const reported = Object.entries(channels).flatMap(([key, { subscribers }]) =>
    Object.entries(subscribers).map(([name, count]) => [`${key} ${name}`, count] as const),
  );
  const isSame = JSON.stringify(reported.sort()) === JSON.stringify([...truth.subscribers].sort());
  const downloads = Object.entries(recordings).map(([path, { downloads, estimated }]) => [path, downloads, estimated]);
  const people = [...truth.people.values()].reduce((sum, count) => sum + count, 0);
  const clients = Object.values(channels).flatMap(({ readers }) => Object.values(readers));
  const estimate = clients.reduce((sum, count) => sum + count, 0);
  if (!isSame) process.exitCode = 1;
  console.log(`  subscribers that aggregators say: ${isSame ? "as they are" : "WRONG"}`);
  console.log(`  downloads: ${JSON.stringify(downloads)}, of ${JSON.stringify([...truth.downloads])}`);
  console.log(
    `  readers that say nothing: ~${estimate} of ${people}: ${((100 * (estimate - people)) / people).toFixed(1)} %`,
  );
}
