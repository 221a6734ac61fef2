/** The shape of the house, held against the imports as they are written. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g;

interface Source {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sourcesOf(folder: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[jt]s$/.test(name))
    .map((name) => {
      const file = normalize(join(folder, name));
      const text = readFileSync(file, "utf8");
      const imports = [...text.matchAll(IMPORT)].map(([, target = ""]) =>
        target.startsWith(".") ? normalize(join(dirname(file), target)) : target,
      );
      return { file, text: text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""), imports };
    });
}

const lib = sourcesOf("lib");
const functions = sourcesOf("functions");
const infra = sourcesOf("infra");
const room = (name: string) => lib.filter(({ file }) => file.startsWith(`lib/${name}/`));

/** What every room may use. */
const SHARED = ["lib/model.ts", "lib/base/"];
const PORT = ["lib/stores/store.ts", "lib/stores/name.ts"];

/** Each room, and what of our own it may import besides itself. */
const DOWNSTREAM: { readonly [name: string]: readonly string[] } = {
  base: ["lib/model.ts"],
  site: SHARED,
  content: [...SHARED, "lib/site/"],
  stores: SHARED,
  adopt: [...SHARED, ...PORT, "lib/content/", "lib/site/types.ts"],
  channels: [...SHARED, "lib/site/", "lib/content/"],
  formats: [...SHARED, "lib/site/", "lib/content/", "lib/channels/"],
  state: [...SHARED, ...PORT, "lib/adopt/"],
  recover: [
    ...[...SHARED, ...PORT, "lib/site/types.ts", "lib/content/", "lib/adopt/", "lib/channels/"],
    ...["lib/formats/files.ts", "lib/state/", "lib/edge/", "lib/hosts/"],
  ],
  publish: [
    ...[
      ...SHARED,
      ...PORT,
      "lib/stores/counted.ts",
      "lib/stores/prefetched.ts",
      "lib/site/",
      "lib/content/",
      "lib/adopt/",
      "lib/channels/",
    ],
    ...["lib/formats/", "lib/state/", "lib/recover/", "lib/edge/", "lib/hosts/", "lib/workers/timelimit.ts"],
  ],
  triggers: [...SHARED, ...PORT, "lib/publish/types.ts", "lib/publish/refusals.ts"],
  announce: [...SHARED, ...PORT, "lib/site/types.ts", "lib/formats/files.ts", "lib/state/types.ts"],
  audience: [
    ...[...SHARED, ...PORT, "lib/site/types.ts", "lib/site/media.ts", "lib/channels/urls.ts", "lib/formats/page/"],
    ...["lib/edge/", "lib/hosts/copies.ts", "lib/state/", "lib/recover/ours.ts"],
  ],
  push: [...SHARED, ...PORT, "lib/content/facts/mime.ts"],
  signin: [...SHARED, ...PORT, "lib/site/types.ts", "lib/formats/page/qr.ts"],
  micropub: [
    ...[...SHARED, ...PORT, "lib/stores/uploads.ts", "lib/site/", "lib/content/", "lib/channels/", "lib/state/"],
    ...["lib/signin/types.ts", "lib/publish/sitefile.ts", "lib/publish/unpublished.ts"],
  ],
  write: [
    ...SHARED,
    ...PORT,
    "lib/stores/uploads.ts",
    "lib/site/",
    "lib/formats/page/",
    "lib/signin/",
    "lib/micropub/",
    "lib/publish/sitefile.ts",
  ],
  workers: [...SHARED, "lib/content/", "lib/site/types.ts", "lib/formats/", "lib/publish/", "lib/stores/"],
  lambda: [
    ...[...SHARED, ...PORT, "lib/publish/types.ts", "lib/publish/refusals.ts"],
    ...["lib/state/head.ts", "lib/state/outbox.ts"],
  ],
  terminal: [...SHARED, ...PORT, "lib/adopt/", "lib/audience/summary/types.ts", "lib/publish/types.ts"],
  edge: ["lib/model.ts", "lib/base/optional.ts", "lib/base/served.ts", "lib/site/types.ts", "lib/channels/renamed.ts"],
  hosts: [...SHARED, "lib/edge/", "lib/site/types.ts"],
  preview: [
    ...[
      ...SHARED,
      ...PORT,
      "lib/edge/",
      "lib/site/",
      "lib/content/",
      "lib/channels/",
      "lib/formats/files.ts",
      "lib/formats/page/",
      "lib/terminal/",
      "lib/state/",
    ],
    ...["options", "publish", "sitefile", "types", "unpublished", "warmcache"].map((name) => `lib/publish/${name}.ts`),
  ],
  init: [...SHARED, "lib/site/", "lib/content/"],
  commands: ["lib/", "functions/"],
};
const PURE = ["base", "site", "content", "channels", "formats", "edge", "hosts", "init"];
const ADAPTERS = [
  "lib/stores/folder.ts",
  "lib/stores/folder/open.ts",
  "lib/stores/folder/uploads.ts",
  "lib/stores/s3.ts",
  "lib/stores/s3/uploads.ts",
  "lib/stores/memory.ts",
  "lib/stores/open.ts",
  "lib/stores/places.ts",
];

/** Groups of files that import each other, directly or not (strongly connected components, by Tarjan's algorithm). */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): number => {
    const number = order.size;
    order.set(file, number);
    lowest.set(file, number);
    stack.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!graph.has(target)) continue;
      const reached = order.has(target) ? (stack.includes(target) ? order.get(target) : undefined) : visit(target);
      lowest.set(file, Math.min(lowest.get(file) ?? number, reached ?? number));
    }
    const low = lowest.get(file) ?? number;
    if (low === number) {
      const circle = stack.splice(stack.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}

describe("the house", () => {
  test("finds its sources", () => {
    expect(lib.length).toBeGreaterThan(30);
    expect(lib.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
  });

  test("every folder of lib is a room with a rule", () => {
    const folders = readdirSync("lib", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(DOWNSTREAM).sort());
  });

  test.each(Object.entries(DOWNSTREAM))("lib/%s imports only itself and what lies before it", (name, allowed) => {
    const wrong = room(name).flatMap(({ file, imports }) =>
      imports
        .filter((target) => target.startsWith("lib/") || target.startsWith("functions/"))
        .filter((target) => ![`lib/${name}/`, ...allowed].some((prefix) => target.startsWith(prefix)))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("imports make no circle, those of types included", () => {
    const circles = circlesIn(new Map([...lib, ...functions, ...infra].map(({ file, imports }) => [file, imports])));
    expect(circles).toEqual([]);
  });

  test("no two exported types share a name", () => {
    const names = [...lib, ...functions, ...infra].flatMap(({ text }) =>
      [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name),
    );
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test.each(PURE)("lib/%s is pure: no clock, no chance, no environment, no file system, no network, no SDK", (name) => {
    const impureImport = /^node:(?!crypto$|buffer$|url$)|^@aws-sdk\/|^@smithy\//;
    const impureWord =
      /\bDate\.now\b|\bnew Date\(\)|\bTemporal\.Now\b|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bprocess\b|\bfetch\(|\bperformance\b|\bsetTimeout\b/;
    const wrong = room(name).flatMap(({ file, text, imports }) => [
      ...imports.filter((target) => impureImport.test(target)).map((target) => `${file} → ${target}`),
      ...[...text.matchAll(new RegExp(impureWord, "g"))].map(([word]) => `${file}: ${word}`),
    ]);
    expect(wrong).toEqual([]);
  });

  test("state, recovery and the use case read no environment, no clock and no file system of their own", () => {
    const impure = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\brandomUUID\b/;
    const sources = [...room("state"), ...room("recover"), ...room("publish")];
    expect(sources.filter(({ text }) => impure.test(text)).map(({ file }) => file)).toEqual([]);
    expect(sources.flatMap(({ imports }) => imports).filter((target) => /^node:(?!zlib$)/.test(target))).toEqual([]);
  });

  test("what the edge decides by is pure, and uses nothing of Node", () => {
    expect(room("edge").filter(({ text }) => /\bprocess\b|\bDate\b|\bBuffer\b/.test(text))).toEqual([]);
    expect(room("edge").flatMap(({ imports }) => imports.filter((target) => !target.startsWith("lib/")))).toEqual([]);
  });

  test("only the entry points choose adapters", () => {
    const choosers = [...lib, ...functions]
      .filter(({ file }) => !file.startsWith("lib/stores/"))
      .filter(({ imports }) => imports.some((target) => ADAPTERS.includes(target)))
      .map(({ file }) => file);
    const entryPoints = ["lib/commands/", "lib/index.ts", "lib/workers/worker.ts", "functions/"];
    expect(choosers.filter((file) => !entryPoints.some((entry) => file.startsWith(entry)))).toEqual([]);
  });

  test("the library imports no command", () => {
    const index = lib.find(({ file }) => file === "lib/index.ts");
    expect(index?.imports.length).toBeGreaterThan(5);
    expect(index?.imports.filter((target) => target.startsWith("lib/commands/"))).toEqual([]);
  });

  test("nothing in lib imports a function but the command that calls them as Lambda does", () => {
    const importers = lib.filter(({ imports }) => imports.some((target) => target.startsWith("functions/")));
    expect(importers.map(({ file }) => file)).toEqual(["lib/commands/invoke.ts"]);
  });
});
