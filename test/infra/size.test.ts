/** Memory and time of `rebuild`, by the size of the site. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSettings } from "../../infra/settings.ts";
import { chooseRun, measureContent, sizeOfPosts } from "../../infra/size.ts";
import { SITE } from "../support/world.ts";
import { CONFIG, deployment } from "./deployment.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-size-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function contentOf(name: string, files: { readonly [key: string]: string }): Promise<string> {
  const content = join(folder, name);
  for (const [key, text] of Object.entries({ "site.yaml": SITE, ...files })) {
    await mkdir(dirname(join(content, key)), { recursive: true });
    await writeFile(join(content, key), text);
  }
  return content;
}

const chosenFor = (posts: number, memory?: number) => chooseRun(sizeOfPosts(posts), { memory, isSaid: true });

describe("the size of a site", () => {
  test("is that of its posts: not of pictures, hidden files, or what npm installs", async () => {
    const content = await contentOf("counted", {
      "posts/a.md": "1234567890",
      "posts/deep/b.md": "12345",
      "posts/picture.jpg": "a picture",
      "posts/.c.md.swp": "a swap file",
      "posts/.hidden/d.md": "not pushed",
      "posts/node_modules/e/README.md": "installed",
      "README.md": "no post",
    });
    expect(measureContent(content, { posts: ["posts/**/*.md"] })).toEqual({ posts: 2, bytes: 15 });
  });

  test("is what the config says, where the posts are elsewhere", async () => {
    const content = await contentOf("elsewhere", {});
    const settings = { name: "notes", content } as const;
    expect(readSettings(settings, 2026).run).toEqual({
      memory: 1769,
      minutes: 5,
      why: "rebuild has 1769 MB and 5 minutes: there are no posts beside site.yaml. If they are elsewhere, say how many: `posts: 30_000`",
    });
    expect(readSettings({ ...settings, posts: 30_000 }, 2026).run).toEqual({
      memory: 1769,
      minutes: 15,
      why: "rebuild has 1769 MB and 15 minutes: 30,000 posts, as the config says",
    });
  });
});

describe("rebuild", () => {
  test("has more time, then more memory, the more posts there are, and never more than Lambda has", () => {
    const chosen = [0, 20_000, 20_001, 100_000, 200_000, 400_000, 10_000_000].map((posts) => chosenFor(posts));
    expect(chosen.map(({ memory, minutes }) => [memory, minutes])).toEqual([
      [1769, 5],
      [1769, 5],
      [1769, 15],
      [3008, 15],
      [4032, 15],
      [8000, 15],
      [10_240, 15],
    ]);
  });

  test("has as much for few large posts as for many small ones of as many bytes", () => {
    const { memory, minutes } = chooseRun({ posts: 1000, bytes: 900_000_000 }, { isSaid: false });
    expect({ memory, minutes }).toEqual({ memory: 3008, minutes: 15 });
  });

  test("has the memory that the config says, and the time of its posts", () => {
    expect(chosenFor(100_000, 2048)).toEqual({
      memory: 2048,
      minutes: 15,
      why: "rebuild has 2048 MB and 15 minutes: 100,000 posts, as the config says; the memory is that of the config",
    });
  });

  test("is deployed so, and its messages come again a minute after the longest run", () => {
    const large = deployment({ ...CONFIG, posts: 100_000 });
    const [, rebuild] = large.of("AWS::Lambda::Function").find(([id]) => id.startsWith("Rebuild")) ?? [];
    expect(rebuild).toMatchObject({ MemorySize: 3008, Timeout: 900 });
    const [, queue] = large.of("AWS::SQS::Queue").find(([id]) => id.startsWith("Triggers")) ?? [];
    expect(queue).toMatchObject({ VisibilityTimeout: 960 });
  });
});
