/**
 * `npm run bench:content`: the time to read and render posts, compared with `marked` alone on the same bodies. It runs
 * without V8's pretenuring: having seen that the prepared posts stay, V8 may also keep what each stage makes, at the cost
 * of a tenth of the time in some runs and of nothing in others.
 */
import { parseArgs } from "node:util";
import { Marked } from "marked";
import { renderEntry } from "../../lib/content/entry.ts";
import { readSource } from "../../lib/content/frontmatter/frontmatter.ts";
import { makeFeedSafe } from "../../lib/content/html/html.ts";
import { renderMarkdown } from "../../lib/content/markdown/markdown.ts";
import { parsePost } from "../../lib/content/post.ts";
import { parseSite } from "../../lib/site/site.ts";
import { SYNTHETIC_SITE, syntheticPosts } from "./posts.ts";
import { median, sum } from "./stats.ts";

/** The limit for front matter, Markdown and the HTML profile together, as a multiple of `marked` alone. */
const BUDGET = 1.6;

const { values } = parseArgs({
  options: {
    posts: { type: "string", default: "1000" },
    rounds: { type: "string", default: "9" },
    seed: { type: "string", default: "1" },
  },
});
const [count, rounds, seed] = [values.posts, values.rounds, values.seed].map(Number);
if (!(count && rounds && seed)) throw new Error("--posts, --rounds and --seed take a number of at least 1");

const site = siteOf(SYNTHETIC_SITE);
const bare = new Marked({ async: false, gfm: true });

/** For each post the inputs of every stage. */
const posts = [...syntheticPosts(count, seed)].map(({ key, text }) => {
  const bytes = new TextEncoder().encode(text);
  const { source } = readSource(key, bytes);
  const { post } = parsePost(key, bytes, site);
  if (!source || !post) throw new Error(`${key} cannot be read`);
  return { key, bytes, body: source.body, html: renderMarkdown(source.body), post };
});

type Prepared = (typeof posts)[number];

/** Each returns the length of its result, so that the engine cannot skip the work as unused. */
const STAGES = {
  "marked alone": ({ body }: Prepared) => (bare.parse(body) as string).length,
  "front matter + Markdown + HTML profile": ({ key, bytes, post }: Prepared) => {
    const { source } = readSource(key, bytes);
    return makeFeedSafe(renderMarkdown(source?.body ?? ""), post.url).html.length;
  },
  "  readSource": ({ key, bytes }: Prepared) => readSource(key, bytes).source?.body.length ?? 0,
  "  renderMarkdown": ({ body }: Prepared) => renderMarkdown(body).length,
  "  makeFeedSafe": ({ html, post }: Prepared) => makeFeedSafe(html, post.url).html.length,
  "file → entry (parsePost + renderEntry)": ({ key, bytes }: Prepared) => {
    const { post } = parsePost(key, bytes, site);
    return post ? renderEntry(post).html.length : 0;
  },
  "  parsePost": ({ key, bytes }: Prepared) => parsePost(key, bytes, site).post?.title.length ?? 0,
  "  renderEntry": ({ post }: Prepared) => renderEntry(post).html.length,
} as const;

type Stage = keyof typeof STAGES;

const names = Object.keys(STAGES) as Stage[];
const WARM_UP = 2;
const times = new Map<Stage, number[]>(names.map((name) => [name, []]));
let made = 0;
for (let round = -WARM_UP; round < rounds; round++) {
  // All stages in every round, each time beginning with another, so that other load on the machine affects all alike.
  for (let i = 0; i < names.length; i++) {
    const name = names[(i + round + WARM_UP) % names.length] ?? "marked alone";
    const took = timeOf(STAGES[name]);
    if (round >= 0) times.get(name)?.push(took);
  }
}

const bytes = posts.map((post) => post.bytes.length).sort((a, b) => a - b);
console.log(`${posts.length} posts, ${kilobytes(median(bytes))} in the median, ${kilobytes(sum(bytes))} in all`);
console.log(
  `medians of ${rounds} rounds after ${WARM_UP} to warm up (${made} characters made), Node ${process.versions.node}\n`,
);
console.log(row("", "ms", "ms/post", "× marked"));
for (const name of names) {
  printStage(name, timesOf(name));
  // A stage alone finds the processor's caches warm, so the sum is less than the whole.
  if (name === "  makeFeedSafe")
    printStage("  sum of these", sumOf("  readSource", "  renderMarkdown", "  makeFeedSafe"));
}
const ratio = ratioOf(timesOf("front matter + Markdown + HTML profile"));
console.log(`\nbudget: ${BUDGET} × marked alone; this is ${ratio.toFixed(2)}: ${ratio <= BUDGET ? "within" : "over"}`);

function timeOf(stage: (post: Prepared) => number): number {
  const start = performance.now();
  for (const post of posts) made += stage(post);
  return performance.now() - start;
}

function timesOf(name: Stage): readonly number[] {
  return times.get(name) ?? [];
}

/** The sums of the stages' times for each round. */
function sumOf(...stages: readonly Stage[]): readonly number[] {
  return timesOf("marked alone").map((_, i) => sum(stages.map((stage) => timesOf(stage)[i] ?? Number.NaN)));
}

/** The median ratio to `marked` alone in the same round, when both had the same load beside them. */
function ratioOf(times: readonly number[]): number {
  const alone = timesOf("marked alone");
  return median(times.map((ms, i) => ms / (alone[i] ?? Number.NaN)));
}

function printStage(name: string, times: readonly number[]): void {
  const ms = median(times);
  console.log(row(name, ms.toFixed(0), (ms / posts.length).toFixed(3), ratioOf(times).toFixed(2)));
}

function kilobytes(n: number): string {
  return `${(n / 1000).toFixed(1)} KB`;
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(40) + cells.map((cell) => cell.padStart(10)).join("");
}

function siteOf(yaml: string) {
  const result = parseSite(new TextEncoder().encode(yaml), "bench", new Date().getUTCFullYear());
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join("; "));
  return result.site;
}
