/** The commands in README and the pages of docs/, run as a person would who reads a section from its beginning. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BEFORE, BLOCKS, PAGES, placeOf, REASONS, reasonNotToRun } from "./blocks.ts";
import { personsMachine } from "./machine.ts";

const sections = Map.groupBy(
  BLOCKS.filter((block) => reasonNotToRun(block) === undefined),
  placeOf,
);

describe("the commands of", () => {
  test.each([...sections])("%s do what they say", async (place, blocks) => {
    const isNew = blocks.some(({ commands }) => / init\b/.test(commands));
    const machine = await personsMachine(isNew);
    try {
      for (const commands of [BEFORE.get(place) ?? "true", ...blocks.map((block) => block.commands)]) {
        await expect(machine.run(commands), commands).resolves.toEqual(expect.any(String));
      }
    } finally {
      await machine.remove();
    }
  });

  test("all pages are run but for a few, each for a reason that is needed", () => {
    expect(BLOCKS.length).toBeGreaterThan(12);
    const given = new Set(BLOCKS.map(reasonNotToRun));
    expect(REASONS.filter((reason) => !given.has(reason))).toEqual([]);
    expect([...BEFORE.keys()].filter((place) => !sections.has(place))).toEqual([]);
    const others = PAGES.filter((page) => /^ *```(?:bash|shell|console|zsh)$/m.test(readFileSync(page, "utf8")));
    expect(others).toEqual([]);
  });

  test("a page that fail are noticed", async () => {
    const machine = await personsMachine(false);
    await expect(machine.run("npx dripfeed publish --content nowhere")).rejects.toThrow();
    await expect(machine.run("npx dripfed check; true")).rejects.toThrow();
    await machine.remove();
  });
});

test("the README's two files are a blog", async () => {
  const readme = readFileSync("README.md", "utf8");
  const [yaml = "", post = ""] = ["yaml", "markdown"].map(
    (language) => new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(readme)?.[1] ?? "",
  );
  const machine = await personsMachine(true);
  const files = [`cat > site.yaml <<'END'\n${yaml}END`, `cat > posts/hello.md <<'END'\n${post}END`];
  const commands = [
    "mkdir -p two/posts && cd two",
    ...files,
    "dripfeed check --content . --strict && dripfeed publish --content .",
  ];
  await machine.run(commands.join("\n"));
  expect(await machine.run("cat two/public/rss.xml")).toContain("<title>Hello</title>");
  await machine.remove();
});

test("the README's table has the commands of the recipes", () => {
  const rows = [
    ...readFileSync("README.md", "utf8").matchAll(/^\| \w+ \| `([^`]+)`<br>`([^`]+)` \| \[[^\]]+\]\(([^)]+\.yml)\)/gm),
  ];
  expect(rows.length).toBe(5);
  for (const [, build = "", publish = "", recipe = ""] of rows) {
    const text = readFileSync(recipe, "utf8");
    expect([build, publish].filter((command) => !text.includes(command))).toEqual([]);
  }
});
