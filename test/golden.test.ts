/**
 * Golden folders: a `site.yaml` and posts; what is understood of them (`records.json`: records, entries, problems); and
 * the documents they give (`public/`). A new case is a new folder. `GOLDEN=write npx vitest run test/golden.test.ts`
 * writes both anew; read the difference before it is kept.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { problemsOf } from "../lib/publish/reconcile/links.ts";
import type { Report } from "../lib/publish/types.ts";
import { memoryStore } from "../lib/stores/memory.ts";
import { entriesOf } from "./support/packs.ts";
import { NOW, type World, world } from "./support/world.ts";

const ROOT = "test/golden";

type Files = { readonly [name: string]: Uint8Array };

function filesOf(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(names.map((name) => [name.slice(folder.length + 1), readFileSync(name)]));
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const isExpected = (name: string) => name === "records.json" || name.startsWith("public/");

/** All that the formats are given of every record, without the hashes. */
async function recordsAsJson(site: World, report: Report): Promise<string> {
  const { records } = await site.catalog();
  const entries = await entriesOf(site);
  const lines = records.map((record) => {
    const { key, state, reason, due, facts } = record;
    const { inputHash = "", sourceDigest: _, wordsDigest: __, ...shown } = facts ?? {};
    const reported = problemsOf(record).map(
      ({ code, severity, line, message }) => `${line}: ${severity}: ${message} [${code}]`,
    );
    return { key, state, reason, due, problems: reported, facts: facts && shown, entry: entries.get(inputHash) };
  });
  return `${JSON.stringify({ heldBack: report.heldBack, records: lines }, null, 2)}\n`;
}

test.each(readdirSync(ROOT))("%s gives the records and documents beside it", async (name) => {
  const files = filesOf(join(ROOT, name));
  const given = Object.entries(files).filter(([key]) => !isExpected(key));
  const content = memoryStore("content");
  for (const [key, bytes] of given) await content.put(key, bytes, { contentType: "text/plain" });
  const site = await world();
  const report = await site.publish({ content, now: NOW });
  const expected = Object.entries(files).filter(([key]) => isExpected(key));

  const documents = Object.entries(await site.dump(site.public)).map(
    ([path, text]) => [`public/${path}`, text] as const,
  );
  const found = { "records.json": await recordsAsJson(site, report), ...Object.fromEntries(documents) };
  if (process.env["GOLDEN"] === "write") {
    rmSync(join(ROOT, name, "public"), { recursive: true, force: true });
    for (const [path, text] of Object.entries(found)) {
      const file = join(ROOT, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return;
  }
  expect(found).toEqual(Object.fromEntries(expected.map(([key, bytes]) => [key, textOf(bytes)])));
});
