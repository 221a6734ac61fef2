/** Content beyond any usual size, each case in a folder beside posts that are good. */
import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, symlinkSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

export const SITE = `title: Sizes
url: https://example.com/
feeds: https://feeds.example.com/
since: 2020
`;

/** The tag of the posts that must be published whatever is beside them. */
export const GOOD = 20;

export interface SizeCase {
  readonly name: string;
  /** Writes the content; what it returns is called after the run. */
  readonly write: (folder: string) => (() => void) | undefined;
  /** `site.yaml` cannot be used: nothing is published, and the problem is told. */
  readonly refused?: true;
}

const MB = 1_000_000;
const HEAD = "---\ntitle: A\ndate: 2024-01-05\n---\n";

function put(folder: string, key: string, ...parts: readonly (string | Uint8Array)[]): void {
  const path = join(folder, key);
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, "w");
  for (const part of parts) typeof part === "string" ? writeSync(file, part) : writeSync(file, part);
  closeSync(file);
}

/** So many bytes of a text, in parts that are written one by one. */
function filled(unit: string, bytes: number): readonly string[] {
  const part = unit.repeat(Math.ceil(MB / unit.length));
  return Array.from({ length: Math.ceil(bytes / part.length) }, () => part);
}

export function writeGoodPosts(folder: string): void {
  put(folder, "site.yaml", SITE);
  for (let i = 0; i < GOOD; i++) {
    put(folder, `posts/good-${i}.md`, `---\ntitle: Good ${i}\ndate: 2024-02-05\ntags: [good]\n---\nText ${i}.\n`);
  }
}

const post = (name: string, ...parts: readonly (string | Uint8Array)[]): SizeCase => ({
  name,
  write: (folder) => void put(folder, "posts/large.md", ...parts),
});

const site = (name: string, text: () => string, refused?: true): SizeCase => ({
  name: `site.yaml: ${name}`,
  write: (folder) => void put(folder, "site.yaml", SITE, text()),
  ...(refused && { refused }),
});

const many = (name: string, count: number, text: (i: number) => string): SizeCase => ({
  name: `${count.toLocaleString("en-US")} ${name}`,
  write: (folder) => {
    mkdirSync(join(folder, "posts/many"), { recursive: true });
    for (let i = 0; i < count; i++) writeFileSync(join(folder, `posts/many/p${i}.md`), text(i));
    return undefined;
  },
});

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");

/** A process that appends to a file until it is killed. */
function growing(path: string): () => void {
  const code = `const fs = require("fs"); for (;;) { fs.appendFileSync(${JSON.stringify(path)}, "more\\n"); }`;
  const child = spawn(process.execPath, ["-e", code], { stdio: "ignore" });
  return () => void child.kill("SIGKILL");
}

export const CASES: readonly SizeCase[] = [
  post("50 MB of paragraphs", HEAD, ...filled("Some words of a text.\n\n", 50 * MB)),
  post("a 50 MB line", HEAD, ...filled("word ", 50 * MB)),
  post("a 20 MB line of one word", HEAD, ...filled("w", 20 * MB)),
  post("15 MB of paragraphs", HEAD, ...filled("Some words of a text.\n\n", 15 * MB)),
  post("50 MB of line ends", HEAD, ...filled("\n", 50 * MB)),
  post("50 MB of carriage returns", HEAD, ...filled("\r", 50 * MB)),
  post("50 MB of zeros", ...filled("\0", 50 * MB)),
  post("50 MB of bytes that are no text", HEAD, new Uint8Array(50 * MB).fill(0xff)),
  post("50 MB of front matter", "---\ntitle: A\ndate: 2024-01-05\n", ...filled("key: value\n", 50 * MB), "---\nText"),
  post("50 MB of front matter that is never closed", "---\n", ...filled("key: value\n", 50 * MB)),
  post("a title of 3 MB", "---\ndate: 2024-01-05\ntitle: ", ...filled("word ", 3 * MB), "\n---\nText"),
  post("a heading of 3 MB", "---\ndate: 2024-01-05\n---\n# ", ...filled("word ", 3 * MB), "\n\nText"),
  post(
    "100,000 tags",
    "---\ntitle: A\ndate: 2024-01-05\ntags:\n",
    lines(100_000, (i) => `  - t${i}`),
    "---\nText",
  ),
  post("a list nested 100,000 deep", `---\ntitle: A\ndate: 2024-01-05\na: ${"[".repeat(100_000)}\n---\nText`),
  many("empty files", 100_000, () => ""),
  many("files with one broken line", 100_000, (i) => `---\ntitle: [${i}\n---\nText\n`),
  many("posts that are each a bit bad", 20_000, (i) => `---\ntitle: A${i}\ndate: 2024-01-05\nlang: ?${i}\n---\nText\n`),
  many("posts of 100 KB with a heading as title", 3_000, (i) => {
    return `---\ndate: 2024-01-05\nslug: p${i}\ndraft: true\n---\n# Heading number ${i}\n\n${"Some words. ".repeat(8_000)}`;
  }),
  {
    name: "40 posts of 12 MB",
    write: (folder) => {
      for (let i = 0; i < 40; i++) put(folder, `posts/large-${i}.md`, HEAD, ...filled("Some words. ", 12 * MB));
      return undefined;
    },
  },
  {
    name: "a device, a pipe, and links in a circle",
    write: (folder) => {
      mkdirSync(join(folder, "posts"), { recursive: true });
      symlinkSync("/dev/zero", join(folder, "posts/zero.md"));
      symlinkSync(".", join(folder, "posts/circle.md"));
      symlinkSync("..", join(folder, "posts/above"));
      symlinkSync("self.md", join(folder, "posts/self.md"));
      spawnSync("mkfifo", [join(folder, "posts/pipe.md")]);
      return undefined;
    },
  },
  {
    name: "a post that grows all the time",
    write: (folder) => {
      put(folder, "posts/growing.md", HEAD);
      return growing(join(folder, "posts/growing.md"));
    },
  },
  site("5 MB of retired feeds", () => `retired:\n${lines(200_000, (i) => `  old${i}.xml: rss.xml`)}`, true),
  site("0.9 MB of retired feeds", () => `retired:\n${lines(40_000, (i) => `  old${i}.xml: rss.xml`)}`),
  site("0.9 MB of renamed tags", () => `renamed:\n${lines(30_000, (i) => `  - tags: [t${i}, t${i + 1}]`)}`),
  site("0.9 MB of excluded paths", () => `exclude:\n  paths:\n${lines(50_000, (i) => `    - p/q${i}`)}`),
  site("0.9 MB of unknown keys", () => lines(70_000, (i) => `k${i}: value`), true),
  site("5 MB of unknown keys", () => lines(400_000, (i) => `k${i}: value`), true),
  site("a text of 5 MB", () => `rights: ${"word ".repeat(MB)}\n`, true),
  site("a list nested 400,000 deep", () => `hubs: ${"[".repeat(400_000)}${"]".repeat(400_000)}\n`, true),
];
