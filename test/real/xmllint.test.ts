/** libxml2, another parser than ours, on documents made of the worst that an author can type. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { nastyDocuments } from "../support/documents.ts";

test("xmllint accepts every document of two hundred nasty posts", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-nasty-"));
  try {
    const files = [...(await nastyDocuments(200))].filter(([path]) => /\.(?:xml|opml)$/.test(path));
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
