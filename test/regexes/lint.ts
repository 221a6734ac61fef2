/**
 * `npm run lint:regexes`: no regular expression of ours takes more than about twice the work for twice the text.
 *
 * `recheck` looks for a text that makes a pattern slow. As that takes seconds, patterns that were found linear are noted in
 * `linear.txt` by their digest, and only others are looked at; `--note` writes the list anew. A pattern that is slow for some
 * text but never meets it is allowed in `allowed.ts`, with the reason.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pMap from "p-map";
import { check } from "recheck";
import { ALLOWED } from "./allowed.ts";
import { grouped, type Pattern, readModules, readSamples, readWritten, watchBuilt } from "./patterns.ts";
import { SAMPLES } from "./samples.ts";

const NOTES = join(import.meta.dirname, "linear.txt");
/**
 * Limits in characters that are read instead of in time, so that the verdict is the same on every machine; only a pattern that
 * cannot be judged at all takes as many milliseconds.
 */
const LIMITS = { attackLimit: 100_000_000, attackTimeout: null, incubationTimeout: null, timeout: 60_000 };
const AT_ONCE = 2;

const written = ({ source, flags }: Pattern) => `/${source}/${flags}`;
const digest = (pattern: Pattern) => createHash("sha256").update(written(pattern)).digest("base64url").slice(0, 12);

/** Without any repetition that has no end, or a far one, a match takes a number of steps that does not depend on the text. */
function isBounded({ source }: Pattern): boolean {
  const bare = source.replace(/\\[\s\S]/g, "a").replace(/\[[^\]]*\]/g, "a");
  return !/[*+]|\{\d+,\}|\{(?:\d+,)?\d{2,}\}/.test(bare);
}

interface Verdict {
  readonly pattern: Pattern;
  /** Absent when it is linear. */
  readonly fault?: string;
}

async function judged(pattern: Pattern): Promise<Verdict> {
  const found = await check(pattern.source, pattern.flags, LIMITS);
  if (found.status === "safe") return { pattern };
  if (found.status === "unknown")
    return { pattern, fault: `recheck does not know (${found.error.kind}): make it simpler` };
  return { pattern, fault: `${found.complexity.summary}, for example for ${found.attack.pattern.slice(0, 200)}` };
}

const { literals, built } = readWritten();
const seen = await watchBuilt(async () => {
  await readModules();
  await readSamples(SAMPLES);
});
const unseen = built.filter((place) => !seen.some(({ at }) => at === place));
const patterns = grouped([...literals, ...seen]).filter((pattern) => !isBounded(pattern));
const noted = new Set(readFileSync(NOTES, "utf8").split("\n"));
const known = patterns.filter((pattern) => noted.has(digest(pattern)));
const others = patterns.filter((pattern) => !noted.has(digest(pattern)) && !ALLOWED.has(written(pattern)));
const verdicts = await pMap(others, judged, { concurrency: AT_ONCE });
const faults = verdicts.filter(({ fault }) => fault !== undefined);
const stale = [...ALLOWED.keys()].filter((text) => !patterns.some((pattern) => written(pattern) === text));

for (const { pattern, fault } of faults) console.error(`${pattern.at.join(", ")}: ${fault}\n    ${written(pattern)}`);
for (const place of unseen) console.error(`${place}: no text in samples.ts makes this build its pattern`);
for (const text of stale) console.error(`allowed.ts: no such pattern any more\n    ${text}`);

const linear = [...known, ...verdicts.filter(({ fault }) => fault === undefined).map(({ pattern }) => pattern)];
if (process.argv.includes("--note")) writeFileSync(NOTES, `${linear.map(digest).toSorted().join("\n")}\n`);
const unnoted = linear.length - known.length;
if (unnoted > 0 && !process.argv.includes("--note"))
  console.log(`${unnoted} linear patterns to be noted: npm run lint:regexes -- --note`);
console.log(`${patterns.length} patterns that repeat, ${faults.length} of them not linear, ${ALLOWED.size} allowed`);
process.exit(faults.length + unseen.length + stale.length > 0 ? 1 : 0);
