/** What becomes of each request as a file of each generator; `GOLDEN=write npx vitest run test/micropub/golden.test.ts` writes it. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { DialectName } from "../../lib/model.ts";
import { SITE } from "../support/world.ts";
import { desk, entry } from "./desk.ts";
import { REQUESTS } from "./requests.ts";

const DIALECTS: readonly DialectName[] = ["plain", "hexo", "jekyll", "hugo", "zola", "astro", "eleventy"];

const siteOf = (dialect: DialectName) =>
  `${SITE}dialect: ${dialect}\ntimezone: Asia/Shanghai\nmedia: https://media.example.com/\n`;

describe.each(DIALECTS)("a post from a phone, to %s", (dialect) => {
  test("is the file that its author would have written", async () => {
    const shown: string[] = [];
    for (const [name, properties] of Object.entries(REQUESTS)) {
      const to = await desk({}, siteOf(dialect));
      const answer = await to.json(entry(properties));
      const { url, key, problems } = (await answer.json()) as {
        url: string;
        key: string;
        problems: readonly { code: string }[];
      };
      const codes = problems.map(({ code }) => code).join(", ");
      shown.push(`######## ${name} → ${key} → ${url}${codes && ` (${codes})`}\n${await to.file(key)}`);
    }
    const text = shown.join("\n");
    const file = new URL(`golden/${dialect}.txt`, import.meta.url);
    if (process.env["GOLDEN"] === "write") writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, "utf8"));
  });
});
