/**
 * Logs as servers write them, and what is read of each: `<name>.txt` and `<name>.json`. A new case is a new line or a new file.
 * `GOLDEN=write npx vitest run test/audience/logs/samples.test.ts` writes what is read; read the difference before it is kept.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { peekLog } from "../../../lib/audience/logs/read.ts";
import { reading } from "./reading.ts";

const ROOT = "test/audience/logs/samples";
const names = readdirSync(ROOT).filter((name) => name.endsWith(".txt"));

test.each(names)("%s is read as the requests beside it", async (name) => {
  const bytes = readFileSync(join(ROOT, name));
  const file = join(ROOT, name.replace(".txt", ".json"));
  const found = JSON.parse(JSON.stringify(await reading(bytes)));
  if (process.env["GOLDEN"] === "write") writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  expect(found).toEqual(JSON.parse(readFileSync(file, "utf8")));
});

test.each(names)("the beginning of %s tells its format and its first day", async (name) => {
  const { format, requests } = await reading(readFileSync(join(ROOT, name)));
  expect(await peekLog(readFileSync(join(ROOT, name)))).toMatchObject({ format, first: { day: requests[0]?.day } });
});
