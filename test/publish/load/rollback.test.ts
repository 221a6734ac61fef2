/** Rollback: ids, dates and tombstones become what they were after a former run, and documents follow. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeAdopted } from "../../../lib/state/adopted.ts";
import { readHead } from "../../../lib/state/head.ts";
import { putSealed } from "../../support/stores.ts";
import { ids, post, putPaths, SITE, type World, world } from "../../support/world.ts";

const POSTS = {
  "posts/a.md": post({ title: "A", tags: "[x]" }, "Words of a\n"),
  "posts/b.md": post({ title: "B", tags: "[y]", date: "2026-02-02" }, "Words of b\n"),
  "posts/c.md": post({ title: "C", tags: "[x]", date: "2026-03-03" }, "Words of c\n"),
};
const day = (n: number) => new Date(Date.parse("2026-06-01T12:00:00Z") + n * 86_400_000);

async function restore(site: World): Promise<void> {
  for (const [key, text] of Object.entries(POSTS)) await site.write(key, text);
}

/** Id and dates of each item, newest first. */
const idsAndDates = async (site: World): Promise<unknown> =>
  JSON.parse(await site.read("feed.json")).items.map((item: { [name: string]: string }) => [
    ...[item["id"], item["date_published"], item["date_modified"]],
  ]);

describe("a rollback", () => {
  test("takes back a mass removal: the documents have their former bytes", async () => {
    const site = await world(POSTS);
    await site.publish();
    const before = await site.dump(site.public);
    for (const key of Object.keys(POSTS)) await site.remove(key);
    await site.publish({ now: day(1), force: true });
    expect(await site.read("atom.xml")).toContain("deleted-entry");
    await restore(site);
    const report = await site.publish({ now: day(2), rollback: "" });
    expect(report.refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(before);
    const again = await site.publish({ now: day(3) });
    expect([again.put, again.operations.state.put]).toEqual([[], 0]);
  });

  test("takes back new ids, when the content is restored", async () => {
    const site = await world(POSTS);
    await site.publish();
    const before = await site.dump(site.public);
    for (const [i, key] of Object.keys(POSTS).entries()) {
      await site.remove(key);
      await site.write(
        key.replace("posts/", "posts/new-"),
        post({ title: `Otherwise ${i}`, date: `2026-04-0${i + 1}` }, `${i}\n`),
      );
    }
    await site.publish({ now: day(1), force: true });
    expect(ids(await site.read("feed.json"))).toContain("tag:example.com,2020:posts/new-a");
    for (const key of Object.keys(POSTS)) await site.remove(key.replace("posts/", "posts/new-"));
    await restore(site);
    const report = await site.publish({ now: day(2), rollback: "" });
    expect(report.refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(before);
    expect((await site.publish({ now: day(3) })).operations.state).toMatchObject({ put: 0 });
  });

  test.each([true, false])("takes back a jump of `updated` (content restored: %s)", async (isRestored) => {
    const site = await world(POSTS);
    await site.publish();
    const before = await idsAndDates(site);
    for (const [key, text] of Object.entries(POSTS)) await site.write(key, text.replace("Words", "_Words_"));
    await site.publish({ now: day(1) });
    expect(await idsAndDates(site)).not.toEqual(before);
    if (isRestored) await restore(site);
    await site.publish({ now: day(2), rollback: "" });
    expect(await idsAndDates(site)).toEqual(before);
    expect((await site.read("rss.xml")).includes("<em>Words</em>")).toBe(!isRestored);
    expect((await site.publish({ now: day(3) })).put).toEqual([]);
  });

  test("keeps the ids and dates of posts that were published since", async () => {
    const site = await world(POSTS);
    await site.publish();
    await site.write("posts/new.md", post({ title: "New", date: "2026-06-02" }, "New words\n"));
    await site.publish({ now: day(1) });
    await site.remove("posts/new.md");
    await site.write("posts/newer.md", post({ title: "New", date: "2026-06-02" }, "New words\n"));
    await site.publish({ now: day(2) });
    const before = await idsAndDates(site);
    const [, , first = ""] = [(await site.catalog()).run, ...(await site.catalog()).former];
    await site.publish({ now: day(3), rollback: first });
    expect(await idsAndDates(site)).toEqual(before);
    expect(ids(await site.read("feed.json"))).toContain("tag:example.com,2020:posts/new");
  });

  test("keeps the id of a post that was renamed and then edited since", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }, "a\n"), "posts/z.md": post({ title: "Z" }, "z\n") });
    await site.publish({ run: "first" });
    await site.remove("posts/a.md");
    await site.write("posts/b.md", post({ title: "A" }, "a\n"));
    await site.publish({ now: day(1) });
    await site.write("posts/b.md", post({ title: "A, again" }, "a, written anew\n"));
    await site.write("posts/a.md", post({ title: "New at the old place" }, "new\n"));
    await site.publish({ now: day(2) });
    const before = ids(await site.read("feed.json"));
    expect((await site.publish({ now: day(3), rollback: "first" })).refused).toBeUndefined();
    expect(ids(await site.read("feed.json")).toSorted()).toEqual(before.toSorted());
  });

  test("keeps adopted ids, those that wait for their posts and those that no run has read yet", async () => {
    const former = (id: string) => ({ rss: id, atom: id, json: id });
    const site = await world({
      "posts/a.md": post({ title: "A" }, "a\n"),
      "posts/b.md": post({ title: "B", draft: "true" }, "b\n"),
    });
    const adopt = async (name: string, key: string, id: string) =>
      writeAdopted(site.state, await readHead(site.state), new Map([[key, { key, ids: former(id) }]]), name);
    await adopt("first", "posts/b.md", "https://old.example/?p=2");
    await site.publish();
    await site.write("posts/a.md", post({ title: "A" }, "a, edited\n"));
    await site.publish({ now: day(1) });
    await site.publish({ now: day(2), rollback: "" });
    await site.write("posts/b.md", post({ title: "B" }, "b\n"));
    await site.publish({ now: day(3) });
    expect(ids(await site.read("feed.json"))).toContain("https://old.example/?p=2");
    await adopt("second", "posts/a.md", "https://old.example/?p=1");
    await site.publish({ now: day(4), rollback: "" });
    await site.publish({ now: day(5) });
    expect(ids(await site.read("feed.json"))).toContain("https://old.example/?p=1");
  });

  test("to a run before there was a podcast keeps the podcast's guid", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }, "a\n") });
    await site.publish({ run: "first" });
    const podcast = "podcast: { categories: [Technology] }\n";
    const audio = '{ url: "https://cdn.example.org/1.mp3", length: 5 }';
    await site.write("posts/p.md", post({ title: "P", audio }));
    await site.write("site.yaml", SITE + podcast);
    await site.publish({ now: day(1) });
    const guid = async () => /<podcast:guid>([^<]*)/.exec(await site.read("rss.xml"))?.[1];
    const before = await guid();
    expect(before).toBeDefined();
    await site.write("site.yaml", SITE.replace("feeds.example.com", "feeds.example.org") + podcast);
    await site.publish({ now: day(2) });
    await site.publish({ now: day(3), rollback: "first" });
    expect(await guid()).toBe(before);
  });

  test("removes no object that rolling back again needs", async () => {
    const site = await world({
      "posts/a.md": post({ title: "A" }, "first words\n"),
      "posts/z.md": post({ title: "Z" }, "z\n"),
    });
    await site.publish({ run: "p1" });
    await site.write("posts/a.md", post({ title: "A" }, "second words\n"));
    await site.publish({ run: "p2", now: day(1) });
    await site.write("posts/a.md", "---\ntitle: [broken\n---\n\nx\n");
    // A killed run makes the next one look for objects that nothing needs.
    const dead = { run: "dead", until: "2020-01-01T00:00:00Z", intent: "intents/dead.json" };
    await putSealed(site.state, dead.intent, { format: 1, run: "dead", paths: [] });
    await putSealed(site.state, "head.json", { ...(await site.head()), lease: dead });
    await site.publish({ run: "p3", now: day(2), rollback: "p1" });
    expect(await site.read("feed.json")).toContain("first words");
    await site.publish({ run: "p4", now: day(3), rollback: "p2" });
    expect(await site.read("feed.json")).toContain("second words");
  });

  test("can be taken back by another rollback", async () => {
    const site = await world(POSTS);
    await site.publish();
    const first = await site.dump(site.public);
    await site.write("posts/a.md", post({ title: "A", tags: "[x]", updated: "2026-05-05" }, "Words of a\n"));
    await site.remove("posts/b.md");
    await site.publish({ now: day(1) });
    const second = await site.dump(site.public);
    const edited = await site.dump(site.content);
    await restore(site);
    await site.publish({ now: day(2), rollback: "" });
    expect(await site.dump(site.public)).toEqual(first);
    await site.write("posts/a.md", edited["posts/a.md"] ?? "");
    await site.remove("posts/b.md");
    await site.publish({ now: day(3), rollback: "" });
    expect(await site.dump(site.public)).toEqual(second);
  });

  test("in a dry run reports what it would do and writes nothing", async () => {
    const site = await world(POSTS);
    await site.publish();
    await site.remove("posts/b.md");
    await site.publish({ now: day(1) });
    await restore(site);
    const [before, state] = [await site.dump(site.public), await site.dump(site.state)];
    const dry = await site.publish({ now: day(2), rollback: "", dryRun: true });
    expect(putPaths(dry)).toContain("atom.xml");
    expect([await site.dump(site.public), await site.dump(site.state)]).toEqual([before, state]);
    const real = await site.publish({ now: day(2), rollback: "" });
    expect(putPaths(real)).toEqual(putPaths(dry));
  });

  test("is refused by the guard like any run, when the content is not restored", async () => {
    const site = await world(POSTS);
    await site.publish();
    for (const key of Object.keys(POSTS)) await site.remove(key);
    await site.publish({ now: day(1), force: true });
    const before = await site.dump(site.public);
    expect((await site.publish({ now: day(2), rollback: "" })).refused).toMatchObject({ code: "empty-site" });
    expect(await site.dump(site.public)).toEqual(before);
  });

  test("to a run that is not kept is refused, and names those that are", async () => {
    const site = await world(POSTS);
    expect((await site.publish({ rollback: "" })).refused).toMatchObject({ code: "no-former" });
    await site.publish();
    const { run } = await site.catalog();
    await site.write("posts/a.md", post({ title: "Edited" }));
    await site.publish();
    const state = await site.dump(site.state);
    const { refused } = await site.publish({ rollback: "nobody" });
    expect(refused).toMatchObject({ code: "no-former", fix: `name one of ${run}` });
    expect(await site.dump(site.state)).toEqual(state);
  });

  test("that crashes leaves a state that any run completes", async () => {
    for (let n = 0; n < 60; n++) {
      const site = await world(POSTS);
      await site.publish();
      const before = await site.dump(site.public);
      for (const key of Object.keys(POSTS)) await site.remove(key);
      await site.publish({ now: day(1), force: true });
      await restore(site);
      let left = n;
      const crashing = (store: World["state"]): World["state"] => ({
        ...store,
        async put(...args) {
          if (left-- <= 0) throw new Error("crashed");
          return store.put(...args);
        },
      });
      const isDone = await site
        .publish({ now: day(2), rollback: "", state: crashing(site.state), public: crashing(site.public) })
        .then(
          () => true,
          () => false,
        );
      expect((await site.publish({ now: day(2) })).refused).toBeUndefined();
      expect(ids(await site.read("feed.json"))).toHaveLength(3);
      expect((await site.publish({ now: day(2) })).put).toEqual([]);
      if (!isDone) continue;
      expect(await site.dump(site.public)).toEqual(before);
      return;
    }
    throw new Error("it never ended");
  });

  test("repairs a head that is lost or damaged", async () => {
    for (const spoil of ["lost", "damaged"]) {
      const site = await world(POSTS);
      await site.publish();
      const { run } = await site.catalog();
      const before = await site.dump(site.public);
      await site.write("posts/a.md", post({ title: "A", tags: "[x]", updated: "2026-05-05" }, "Words of a\n"));
      await site.publish({ now: day(1) });
      if (spoil === "lost") await site.state.delete("head.json");
      else await site.state.put("head.json", new TextEncoder().encode("?"), { contentType: "text/plain" });
      await site.write("posts/a.md", POSTS["posts/a.md"]);
      const report = await site.publish({ now: day(2), rollback: run });
      expect(report.refused).toBeUndefined();
      expect(await site.dump(site.public)).toEqual(before);
      expect((await site.publish({ now: day(2) })).operations.state).toMatchObject({ put: 0 });
    }
  });

  test("that another run overtakes still goes back to the same former run", async () => {
    const site = await world(POSTS);
    await site.publish();
    const before = await site.dump(site.public);
    await site.write("posts/a.md", post({ title: "A", tags: "[x]", updated: "2026-05-05" }, "Words of a\n"));
    await site.publish({ now: day(1) });
    await restore(site);
    let isOvertaken = false;
    const content: World["content"] = {
      ...site.content,
      async get(key, known) {
        if (key === "site.yaml" && !isOvertaken) {
          isOvertaken = true;
          await site.publish({ now: day(2) });
        }
        return site.content.get(key, known);
      },
    };
    const report = await site.publish({ now: day(2), rollback: "", content });
    expect([report.refused, isOvertaken]).toEqual([undefined, true]);
    expect(await site.dump(site.public)).toEqual(before);
  });
});

describe("dripfeed rollback", () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function dripfeed(cwd: string, ...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("lib/dripfeed.js"), ...args], {
      cwd,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  const filesOf = (folder: string) =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.\w+$/.test(name))
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );

  test("lists the kept runs, refuses others, and restores a site in folders", () => {
    const folder = mkdtempSync(join(tmpdir(), "dripfeed-rollback-"));
    folders.push(folder);
    mkdirSync(join(folder, "content/posts"), { recursive: true });
    writeFileSync(join(folder, "content/site.yaml"), SITE);
    for (const [key, text] of Object.entries(POSTS)) writeFileSync(join(folder, "content", key), text);
    expect(dripfeed(folder, "publish").status).toBe(0);
    const before = filesOf(join(folder, "public"));
    cpSync(join(folder, "content"), join(folder, "copy"), { recursive: true });
    for (const key of Object.keys(POSTS)) rmSync(join(folder, "content", key));
    expect(dripfeed(folder, "publish", "--force").status).toBe(0);
    cpSync(join(folder, "copy"), join(folder, "content"), { recursive: true });

    const list = dripfeed(folder, "rollback", "--list");
    expect(list.status).toBe(0);
    expect(list.stdout).toMatch(
      /^ {2}\S+ {2}\d{4}-\S+Z {2}3 posts {2}12 documents\n1 former run kept: go back to one with --to <run>\n$/,
    );
    const [run = ""] = list.stdout.trim().split(" ");
    const refused = dripfeed(folder, "rollback", "--to", "nobody");
    expect(refused.status).toBe(3);
    expect(refused.stdout).toContain(run);
    expect(dripfeed(folder, "rollback", "--to", run).status).toBe(0);
    expect(filesOf(join(folder, "public"))).toEqual(before);
    expect(dripfeed(folder, "publish").stdout).toContain("nothing to do");
  });

  test("a lost ledger is refused, and read back with --rebuild", () => {
    const folder = mkdtempSync(join(tmpdir(), "dripfeed-rebuild-"));
    folders.push(folder);
    mkdirSync(join(folder, "content/posts"), { recursive: true });
    writeFileSync(join(folder, "content/site.yaml"), SITE);
    for (const [key, text] of Object.entries(POSTS)) writeFileSync(join(folder, "content", key), text);
    expect(dripfeed(folder, "publish").status).toBe(0);
    const before = filesOf(join(folder, "public"));
    rmSync(join(folder, ".dripfeed"), { recursive: true });
    const refused = dripfeed(folder, "publish");
    expect([refused.status, refused.stdout]).toEqual([3, expect.stringContaining("dripfeed publish --rebuild")]);
    const rebuilt = dripfeed(folder, "publish", "--rebuild");
    expect(rebuilt.status).toBe(0);
    expect(rebuilt.stdout).toContain(
      "read back 3 posts and 0 tombstones from 12 documents: 3 found in the content, 0 new ids",
    );
    expect(filesOf(join(folder, "public"))).toEqual(before);
    writeFileSync(join(folder, ".dripfeed/head.json"), "{");
    const damaged = dripfeed(folder, "publish");
    expect([damaged.status, damaged.stderr]).toEqual([4, expect.stringContaining("--rebuild")]);
  });
});

test("a post whose file was renamed since the former run has the address of its file now, where ETags depend on bytes alone", async () => {
  const text = post({ title: "A" });
  const site = await world({ "posts/a.md": text });
  await site.publish();
  await site.remove("posts/a.md");
  await site.write("posts/b.md", text);
  await site.publish();
  expect(await site.read("feed.json")).toContain('"https://example.com/2026/01/02/b/"');
  await site.publish({ rollback: "", force: true });
  await site.publish();
  expect(await site.read("feed.json")).toContain('"https://example.com/2026/01/02/b/"');
});
