/** `dripfeed push` of the example content to a real bucket. */
import { execFile } from "node:child_process";
import { appendFile, cp, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoint, filesOf, newPlace, type Place } from "./s3.ts";

const run = promisify(execFile);
let folder: string;
let bucket: Place;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-push-"));
  await cp("content", join(folder, "content"), { recursive: true });
  bucket = await newPlace("blog/");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function dripfeed(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const env = { ...process.env, AWS_ENDPOINT_URL_S3: endpoint };
  try {
    const { stdout } = await run(process.execPath, ["lib/dripfeed.js", ...args], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as {
      readonly code: number;
      readonly stdout: string;
      readonly stderr: string;
    };
    return { code, output: stdout + stderr };
  }
}

const content = () => join(folder, "content");
const isOurs = (key: string) => !key.startsWith(".dripfeed/");

test("puts every file byte for byte, with its content type", async () => {
  expect((await dripfeed("push", content(), bucket.url)).code).toBe(0);
  const files = await filesOf(content());
  const keys = Object.keys(await bucket.objects()).filter(isOurs);
  expect(keys).toEqual([...files.keys()].filter((key) => !/(?:^|\/)\./.test(key)).toSorted());
  for (const key of keys) expect([key, await bytesOf(key)]).toEqual([key, Buffer.from(files.get(key) ?? "")]);
  expect((await bucket.head("site.yaml")).ContentType).toBe("application/yaml; charset=utf-8");
});

test("uploads nothing from a fresh checkout with other modification times", async () => {
  const before = await bucket.objects();
  for (const key of (await filesOf(content())).keys()) await utimes(join(content(), key), 1, 1);
  expect((await dripfeed("push", content(), bucket.url)).output).toMatch(/^nothing to do: \d+ files up to date\n$/);
  expect(await bucket.objects()).toEqual(before);
});

test("puts a new file, removes a deleted one, and leaves objects of others alone", async () => {
  await bucket.put("posts/by-hand.md", "by hand");
  const [gone = ""] = [...(await filesOf(content())).keys()].filter((key) => key.startsWith("posts/"));
  await rm(join(content(), gone));
  await writeFile(join(content(), "posts/新 帖+1.md"), "---\ntitle: 新\ndate: 2026-01-01\n---\n话。\n");
  const { output } = await dripfeed("push", content(), bucket.url);
  expect(output).toContain("put     posts/新 帖+1.md  new");
  expect(output).toContain(`remove  ${gone}  file gone`);
  expect(output).toMatch(/1 put \(1 kB\), 1 removed, \d+ unchanged/);
  expect(Object.keys(await bucket.objects())).toEqual(expect.arrayContaining(["posts/by-hand.md", "posts/新 帖+1.md"]));
});

test("refuses to overwrite an altered object, except with --force", async () => {
  await bucket.put("site.yaml", "title: Altered\n");
  const kept = await dripfeed("push", content(), bucket.url);
  expect([kept.code, kept.output]).toEqual([
    0,
    expect.stringContaining("keep  site.yaml  altered since it was pushed"),
  ]);
  expect((await bytesOf("site.yaml")).toString()).toBe("title: Altered\n");
  await appendFile(join(content(), "site.yaml"), "# here, too\n");
  const refused = await dripfeed("push", content(), bucket.url);
  expect([refused.code, refused.output]).toEqual([
    3,
    expect.stringContaining("site.yaml: altered since it was pushed"),
  ]);
  expect((await bytesOf("site.yaml")).toString()).toBe("title: Altered\n");
  expect((await dripfeed("push", "--force", content(), bucket.url)).code).toBe(0);
  expect((await bytesOf("site.yaml")).toString()).not.toBe("title: Altered\n");
});

test("ends as one of two concurrent pushes of different checkouts", async () => {
  const other = join(folder, "other");
  await cp(content(), other, { recursive: true });
  for (let i = 0; i < 20; i++) {
    await writeFile(join(content(), `posts/one-${i}.md`), "---\ntitle: One\ndate: 2026-01-01\n---\n1\n");
    await writeFile(join(other, `posts/two-${i}.md`), "---\ntitle: Two\ndate: 2026-01-01\n---\n2\n");
  }
  await Promise.all([content(), other].map((each) => dripfeed("push", each, bucket.url)));
  expect((await dripfeed("push", "--force", content(), bucket.url)).code).toBe(0);
  const keys = Object.keys(await bucket.objects()).filter((key) => /^posts\/(?:one|two)-\d/.test(key));
  expect(keys).toEqual(Array.from({ length: 20 }, (_, i) => `posts/one-${i}.md`).toSorted());
});

test("a post by phone is pulled, edited here, pushed, edited by phone, and merged", async () => {
  const git = (...words: readonly string[]) =>
    run("git", ["-c", "user.name=Lin", "-c", "user.email=lin@example.com", ...words], { cwd: content() });
  const text = "---\ntitle: By phone\ndate: 2026-01-05\ndraft: true\n---\nOne.\n\nTwo.\n\nThree.\n";
  const file = join(content(), "posts/phone.md");
  await git("init", "--initial-branch=main");
  await bucket.put("posts/phone.md", text);
  expect((await dripfeed("push", content(), bucket.url)).output).toMatch(/came into the store by other ways/);
  const first = await dripfeed("pull", bucket.url, content());
  expect([first.code, first.output]).toEqual([0, expect.stringContaining("bring  posts/phone.md")]);
  expect(await readFile(file, "utf8")).toBe(text);
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "By phone");
  await writeFile(file, text.replace("One.", "One, here."));
  await bucket.put("posts/phone.md", text.replace("Three.", "Three, by phone."));
  expect((await dripfeed("push", content(), bucket.url)).code).toBe(3);
  expect((await dripfeed("pull", bucket.url, content())).output).toContain("bring  posts/phone.md  merged");
  const both = text.replace("One.", "One, here.").replace("Three.", "Three, by phone.");
  expect(await readFile(file, "utf8")).toBe(both);
  expect((await dripfeed("push", content(), bucket.url)).output).toContain("put  posts/phone.md  changed");
  expect((await bytesOf("posts/phone.md")).toString()).toBe(both);
  await bucket.put("posts/phone.md", both.replace("Two.", "II."));
  await writeFile(file, both.replace("Two.", "2."));
  const refused = await dripfeed("pull", bucket.url, content());
  expect([refused.code, refused.output]).toEqual([3, expect.stringContaining("in the same lines")]);
  expect(await readFile(file, "utf8")).toBe(both.replace("Two.", "2."));
});

async function bytesOf(key: string): Promise<Buffer> {
  const object = await bucket.store.get(key);
  return Buffer.from(typeof object === "object" ? object.body : []);
}
