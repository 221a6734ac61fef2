/** What it costs to read and render one file: CPU milliseconds, and how that ended. */
import { Session } from "node:inspector";
import { runInThisContext } from "node:vm";
import { marked } from "marked";
import { renderEntry } from "../../lib/content/entry.ts";
import { parsePost } from "../../lib/content/post.ts";
import type { DialectName } from "../../lib/model.ts";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import type { Source } from "./grammars.ts";

export interface Cost {
  readonly ms: number;
  /** `time`: stopped at the limit; `too-slow`: by the budget; `stack`, or another message, when something was thrown. */
  readonly end: string;
}

const YEAR = 2026;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const sites = new Map<DialectName, Site>();

function siteOf(dialect: DialectName): Site {
  const known = sites.get(dialect);
  if (known) return known;
  const words = `title: S\nurl: https://example.com/\nsince: 2020\nlanguage: en\ntimezone: UTC\ndialect: ${dialect}\n`;
  const result = parseSite(bytesOf(words), "content", YEAR);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  sites.set(dialect, result.site);
  return result.site;
}

let runs = 0;

function run({ key, text, dialect }: Source): string {
  if (key === "site.yaml") {
    // Under another name each time, since the last result is kept.
    runs += 1;
    const result = parseSite(bytesOf(text), `content ${runs}`, YEAR);
    return result.ok ? "site" : (result.problems[0]?.code ?? "no-site");
  }
  const { post, problems } = parsePost(key, bytesOf(text), siteOf(dialect));
  if (!post) return problems.find(({ severity }) => severity === "error")?.code ?? "hidden";
  renderEntry(post);
  return "post";
}

function runMarked({ text }: Source): string {
  marked.parse(text, { async: false });
  return "post";
}

const GLOBAL = "__measured";

/** Runs no longer than `limit` (ms of wall time), which ends loops and regular expressions alike. */
export function costOf(source: Source, limit: number, { isMarked = false } = {}): Cost {
  Object.assign(globalThis, { [GLOBAL]: () => (isMarked ? runMarked : run)(source) });
  const before = process.threadCpuUsage();
  const end = ending(() => runInThisContext(`${GLOBAL}()`, { timeout: limit }) as string);
  const { user, system } = process.threadCpuUsage(before);
  return { ms: (user + system) / 1000, end };
}

function ending(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    if (error.constructor.name === "TooMuchWork") return "too-slow";
    if ("code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return "time";
    return /call stack/.test(error.message) ? "stack" : (error.message.split("\n")[0] ?? "");
  }
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly hitCount?: number | undefined;
  readonly children?: readonly number[] | undefined;
}

/** Where most of the time goes: a function and its line, in the caller of ours if it is in a package. */
export function hottest(source: Source, limit: number): string {
  const session = new Session();
  session.connect();
  let nodes: readonly ProfileNode[] = [];
  session.post("Profiler.enable");
  session.post("Profiler.start");
  costOf(source, limit);
  session.post("Profiler.stop", (_, result) => {
    nodes = result?.profile.nodes ?? [];
  });
  session.disconnect();
  return hottestOf(nodes);
}

const placeOf = ({ callFrame }: ProfileNode) =>
  `${callFrame.functionName || "(anonymous)"} ${callFrame.url.replace(/^file:\/\/.*?\/(?=(?:lib|node_modules)\/)/, "")}:${callFrame.lineNumber + 1}`;

function hottestOf(nodes: readonly ProfileNode[]): string {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  const isCode = ({ callFrame: { url } }: ProfileNode) => url.startsWith("file:");
  const isOurs = ({ callFrame: { url } }: ProfileNode) =>
    isCode({ callFrame: { url } } as ProfileNode) && !url.includes("/node_modules/");
  const up = (node: ProfileNode | undefined, wanted: (node: ProfileNode) => boolean): ProfileNode | undefined =>
    node === undefined || wanted(node) ? node : up(parents.get(node.id), wanted);
  const hits = new Map<string, number>();
  for (const node of nodes) {
    const at = up(node, isCode);
    if (!at || !node.hitCount) continue;
    const caller = isOurs(at) ? undefined : up(at, isOurs);
    const name = caller ? `${placeOf(at)} < ${placeOf(caller)}` : placeOf(at);
    hits.set(name, (hits.get(name) ?? 0) + node.hitCount);
  }
  return [...hits].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "?";
}
