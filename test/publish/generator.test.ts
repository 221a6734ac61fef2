/** The public store is the folder into which a site generator writes, and which it clears: each keeps to its own files. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { drainOutbox } from "../../lib/state/outbox.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { post, type World, worldOn } from "../support/world.ts";

/** As Hexo's site and its feed plugin have it: feeds at the root of the site, and no page of ours in the way. */
const SITE = `title: Field notes
url: https://example.com/
since: 2020
dialect: hexo
aliases: [hexo]
host: files
`;
const REPLACE = 'replace: [atom.xml, "tags/*/index.xml"]\naliases: [hexo, hugo]\n';

let folder: string;
let output: string;
let site: World;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "dripfeed-generator-"));
  output = join(folder, "public");
  site = worldOn({
    // The generator's output lies in the folder of its site, as it does for Hexo, Hugo and Jekyll.
    content: folderStore(folder),
    public: folderStore(output),
    state: folderStore(join(folder, ".dripfeed")),
  });
  await site.write("site.yaml", SITE);
  await site.write("source/_posts/weir.md", post({ title: "A weir", tags: "[weirs]" }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const GENERATED = ["atom.xml", "index.html", "tags/weirs/index.html", "tags/weirs/index.xml"];

/** A build: clears the output, as a generator does, or writes over what is there. */
function generate({ clears = true }: { readonly clears?: boolean } = {}): void {
  if (clears) rmSync(output, { recursive: true, force: true });
  for (const path of GENERATED) {
    mkdirSync(dirname(join(output, path)), { recursive: true });
    writeFileSync(join(output, path), `the generator's ${path}`);
  }
}

const files = () =>
  readdirSync(output, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(output.length + 1))
    .sort();
const read = (path: string) => readFileSync(join(output, path), "utf8");
const readAll = () => Object.fromEntries(files().map((path) => [path, read(path)]));

describe("publishing into a generator's output", () => {
  test("leaves what the generator wrote, and says how its feed can be replaced", async () => {
    generate();
    const { refused } = await site.publish();
    expect(refused?.code).toBe("not-ours");
    expect(refused?.message).toContain("holds other content at atom.xml");
    expect(refused?.fix).toContain('name it in site.yaml: `replace: ["atom.xml"]`');
    expect(files()).toEqual(GENERATED);
  });

  test("names the feeds of all tags in one pattern", async () => {
    await site.write("source/_posts/gate.md", post({ title: "A gate", tags: "[gates]" }));
    await site.write("site.yaml", `${SITE}files: { rss: index.xml }\n`);
    generate();
    mkdirSync(join(output, "tags/gates"), { recursive: true });
    writeFileSync(join(output, "tags/gates/index.xml"), "the generator's");
    const { refused } = await site.publish();
    expect(refused?.fix).toContain('name it in site.yaml: `replace: ["atom.xml", "tags/*/index.xml"]`');
  });

  test("replaces what site.yaml names, and nothing else that the generator wrote", async () => {
    generate();
    await site.write("site.yaml", SITE.replace("aliases: [hexo]\n", REPLACE));
    const planned = await site.publish({ dryRun: true });
    expect(planned.put.filter(({ reason }) => reason !== "new")).toEqual([
      { path: "atom.xml", reason: "replaced" },
      { path: "tags/weirs/index.xml", reason: "replaced" },
    ]);
    const { refused, put } = await site.publish();
    expect(refused).toBeUndefined();
    expect(put.filter(({ reason }) => reason !== "new").toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
      planned.put.filter(({ reason }) => reason !== "new"),
    );
    expect(read("atom.xml")).toContain("<feed");
    expect(read("tags/weirs/index.xml")).toBe(read("tags/weirs/rss.xml"));
    expect(read("index.html")).toBe("the generator's index.html");
    expect(read("tags/weirs/index.html")).toBe("the generator's tags/weirs/index.html");
  });

  test("puts its documents again after each build, exactly as they were, and is then done", async () => {
    generate();
    await site.write("site.yaml", SITE.replace("aliases: [hexo]\n", REPLACE));
    await site.publish();
    const published = readAll();
    for (const clears of [true, false, true]) {
      generate({ clears });
      site.clock.advance(86_400_000);
      const { refused, put, removed } = await site.publish();
      expect(refused).toBeUndefined();
      expect(put.length).toBeGreaterThan(0);
      expect(new Set(put.map(({ reason }) => reason))).toEqual(new Set(["drifted"]));
      expect(removed).toEqual([]);
      expect(readAll()).toEqual(published);
      const again = await site.publish();
      expect([again.put, again.operations.public.put]).toEqual([[], 0]);
    }
  });

  test("publishes an edit and a build at once", async () => {
    await site.publish();
    await site.write("source/_posts/weir.md", post({ title: "A weir", tags: "[weirs]" }, "Other words.\n"));
    generate();
    await site.write("site.yaml", SITE.replace("aliases: [hexo]\n", REPLACE));
    const { refused, put } = await site.publish();
    expect(refused).toBeUndefined();
    expect(put).toContainEqual({ path: "atom.xml", reason: "drifted" });
    expect(read("atom.xml")).toContain("Other words.");
  });

  test("tells caches of documents that are back, and hubs of what changed alone", async () => {
    const told: { readonly caches: string[]; readonly hubs: string[] } = { caches: [], hubs: [] };
    const announce = async () => {
      told.caches.length = 0;
      told.hubs.length = 0;
      await drainOutbox({
        state: site.state,
        public: site.public,
        clock: site.clock,
        announcer: {
          async invalidate({ paths }) {
            told.caches.push(...paths);
          },
          hubs: {
            async topics(_, { paths }) {
              told.hubs.push(...paths);
              return {};
            },
            notify: async () => undefined,
          },
        },
        by: `announcer-${site.clock.now().getTime()}`,
        patience: 1000,
        log: () => undefined,
      });
    };
    await site.write("source/_posts/eel.md", post({ title: "An eel", tags: "[eels]" }));
    const { put } = await site.publish();
    await announce();
    expect(told.hubs.toSorted()).toEqual(put.map(({ path }) => path).toSorted());

    generate();
    await site.write("source/_posts/eel.md", post({ title: "An eel", tags: "[eels]" }, "Other words.\n"));
    site.clock.advance(60_000);
    const again = await site.publish();
    await announce();
    expect(told.caches.toSorted()).toEqual(again.put.map(({ path }) => path).toSorted());
    expect(told.hubs).toEqual(expect.arrayContaining(["rss.xml", "tags/eels/atom.xml"]));
    expect(told.hubs.filter((path) => path.startsWith("tags/weirs/"))).toEqual([]);
    expect(told.caches).toContain("tags/weirs/rss.xml");

    generate();
    site.clock.advance(60_000);
    await site.publish();
    await announce();
    expect(told.hubs).toEqual([]);
    expect(told.caches).toContain("rss.xml");
    await announce();
    expect(told.caches).toEqual([]);
  });

  test("leaves no file behind but its documents", async () => {
    await site.publish();
    const documents = Object.keys((await site.catalog()).documents);
    expect(files()).toEqual(documents.toSorted());
    generate({ clears: false });
    await site.write("site.yaml", `${SITE}kinds: { tags: false }\n`);
    await site.publish();
    expect(files().filter((path) => /~|\.lock|\.tmp/.test(path))).toEqual([]);
    expect(files()).toContain("tags/weirs/index.html");
    expect(files()).not.toContain("tags/weirs/rss.xml");
  });
});

test("a document that appears while a run writes is replaced only where site.yaml lets it be", async () => {
  for (const [lines, refused, holds] of [
    ["", "not-ours", "theirs"],
    ["replace: [rss.xml]\n", undefined, "<rss"],
  ] as const) {
    rmSync(output, { recursive: true, force: true });
    rmSync(join(folder, ".dripfeed"), { recursive: true, force: true });
    await site.write("site.yaml", SITE + lines);
    let isLate = true;
    const late = {
      ...site.public,
      put: async (...[key, ...rest]: Parameters<typeof site.public.put>) => {
        if (key === "rss.xml" && isLate) {
          isLate = false;
          writeFileSync(join(output, "rss.xml"), "theirs");
        }
        return site.public.put(key, ...rest);
      },
    };
    mkdirSync(output, { recursive: true });
    const report = await site.publish({ public: late });
    expect(report.refused?.code).toBe(refused);
    expect(read("rss.xml")).toContain(holds);
    if (refused === undefined) expect(report.put).toContainEqual({ path: "rss.xml", reason: "replaced" });
  }
});
