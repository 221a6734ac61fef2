/** libxml2, another parser than ours, on documents made of the worst that an author can type. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText, fileOf } from "../nasty.ts";
import { world } from "../world.ts";

test("xmllint accepts every document of two hundred nasty posts", async () => {
  const posts = fc.sample(
    fc.record({
      ...{ title: anyText, tag: anyText, author: anyText, noise: anyText },
      code: anyText.map((text) => text.replace(/[\r\n`\0]/g, "")),
    }),
    200,
  );
  const site = await world(
    Object.fromEntries(posts.map((post, i) => [`posts/${i}.md`, fileOf(post)])),
    `title: Nasty\nurl: https://example.com/\nsince: 2020\nlimit: 1000\n`,
  );
  const report = await site.publish();
  expect(report.records).toMatchObject({ public: 200 });

  const folder = mkdtempSync(join(tmpdir(), "dripfeed-nasty-"));
  try {
    const files = Object.entries(await site.dump(site.public)).filter(([path]) => path.endsWith(".xml"));
    expect(files.length).toBeGreaterThan(200);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { status, stderr } = spawnSync("xmllint", ["--noout", "--nonet", ...files.map(([path]) => path)], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
