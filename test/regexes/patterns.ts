/** Every regular expression of ours: those that are written, by the parser, and those that are built, as they are built. */
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** Where it is written or built, as `lib/base/text.ts:31`. */
  readonly at: readonly string[];
}

interface Found {
  readonly source: string;
  readonly flags: string;
  readonly at: string;
}

export const ROOT = join(import.meta.dirname, "../..");
const FOLDERS = ["lib/", "functions/", "infra/"];
const isOurs = (file: string) => FOLDERS.some((folder) => file.startsWith(folder));

/** Of one place that builds a pattern for each name, so many are looked at. */
const MOST = 10;

interface Written {
  readonly literals: readonly Found[];
  /** Where patterns are built. */
  readonly built: readonly string[];
}

export function readWritten(): Written {
  const api = new API({ cwd: ROOT });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [join(import.meta.dirname, "tsconfig.json")] });
    const programs = snapshot.getProjects().map(({ program }) => program);
    const files = programs.flatMap((program) =>
      program
        .getSourceFileNames()
        .flatMap((name) => (isOurs(relative(ROOT, name)) ? program.getSourceFile(name) : []) ?? []),
    );
    const all = files.map(writtenIn);
    return { literals: all.flatMap(({ literals }) => literals), built: all.flatMap(({ built }) => built) };
  } finally {
    api.close();
  }
}

function writtenIn(file: SourceFile): Written {
  const name = relative(ROOT, file.fileName);
  const literals: Found[] = [];
  const built: string[] = [];
  const walk = (node: Node): void => {
    const [text, start] = [node.getText(file), node.getStart(file)];
    const at = `${name}:${file.text.slice(0, start).split("\n").length}`;
    if (node.kind === SyntaxKind.RegularExpressionLiteral) {
      const end = text.lastIndexOf("/");
      literals.push({ source: text.slice(1, end), flags: text.slice(end + 1), at });
    }
    if (/^(?:new )?RegExp\(/.test(text) && isCall(node)) built.push(at);
    node.forEachChild(walk);
  };
  file.forEachChild(walk);
  return { literals, built };
}

const isCall = ({ kind }: Node) => kind === SyntaxKind.NewExpression || kind === SyntaxKind.CallExpression;

/** The patterns that are built while `work` runs. */
export async function watchBuilt(work: () => Promise<void>): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  const counts = new Map<string, number>();
  const before = globalThis.RegExp;
  const note = (made: RegExp) => {
    const at = callerOf(new Error().stack ?? "");
    const key = `${at} ${made}`;
    if (at === undefined || found.has(key) || (counts.get(at) ?? 0) >= MOST) return;
    counts.set(at, (counts.get(at) ?? 0) + 1);
    found.set(key, { source: made.source, flags: made.flags, at });
  };
  const noted = (made: RegExp) => {
    note(made);
    return made;
  };
  globalThis.RegExp = new Proxy(before, {
    construct: (target, [source, flags]) => noted(new target(source, flags)),
    apply: (target, _, [source, flags]) => noted(target(source, flags)),
  });
  try {
    await work();
  } finally {
    globalThis.RegExp = before;
  }
  return [...found.values()];
}

const BASE = `${pathToFileURL(ROOT).href}/`;

/** The first of our files in a stack, unless a package called in between. */
function callerOf(stack: string): string | undefined {
  const frames = stack.split("\n").flatMap((line) => /(file:\/\/.+?):(\d+):\d+\)?$/.exec(line)?.slice(1, 3) ?? []);
  for (let i = 0; i < frames.length; i += 2) {
    const [file = "", line] = [frames[i]?.slice(BASE.length), frames[i + 1]];
    if (file.startsWith("node_modules/")) return undefined;
    if (isOurs(file)) return `${file}:${line}`;
  }
  return undefined;
}

/** One of each, wherever it stands. */
export function grouped(found: readonly Found[]): readonly Pattern[] {
  const groups = Map.groupBy(found, ({ source, flags }) => `/${source}/${flags}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ source: first.source, flags: first.flags, at: [...new Set(same.map(({ at }) => at))] }] : [];
  });
}

/** All modules but those that begin to work when they are read. */
export async function readModules(): Promise<void> {
  const files = globSync(["lib/**/*.ts", "functions/**/*.ts"], { cwd: ROOT });
  for (const file of files) if (!STARTING.test(file)) await import(pathToFileURL(join(ROOT, file)).href);
}

const STARTING = /^lib\/(?:workers\/|cli\.ts|write\/page\/client\/)/;

/** What the samples and the golden files say, so that patterns that are built of names are built. */
export async function readSamples(samples: readonly string[]): Promise<void> {
  const { parsePost } = await import("../../lib/content/post.ts");
  const { renderEntry } = await import("../../lib/content/entry.ts");
  const { parseSite } = await import("../../lib/site/site.ts");
  const encoder = new TextEncoder();
  const golden = globSync("test/golden/**/*.{md,mdx}", { cwd: ROOT }).map((file) => readFileSync(join(ROOT, file)));
  const words = "title: S\nurl: https://example.com/\nsince: 2020\nlanguage: en\ntimezone: UTC\ndialect:";
  for (const dialect of ["plain", "hexo", "jekyll", "hugo", "zola", "astro", "eleventy"]) {
    const site = parseSite(encoder.encode(`${words} ${dialect}\n`), "content", 2026);
    if (!site.ok) throw new Error(site.problems[0]?.message);
    for (const bytes of [...golden, ...samples.map((sample) => encoder.encode(sample))]) {
      const { post } = parsePost("posts/a.md", bytes, site.site);
      if (post) renderEntry(post);
    }
  }
}
