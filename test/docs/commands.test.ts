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

/** The first block of a language on a page. */
const shownIn = (page: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(readFileSync(page, "utf8"))?.[1] ?? "";

test.each([
  ["README.md", "blog", "true", "<title>Hello</title>"],
  [
    "docs/podcasts.md",
    "podcast",
    'mkdir media && printf sound > media/ep1.mp3 && cp "$CHECKOUT/content/media/listening.jpg" media/cover.jpg',
    'ep1.mp3" length="5" type="audio/mpeg"',
  ],
])("the first two files of %s are a %s", async (page, _, files, expected) => {
  const machine = await personsMachine(true);
  const commands = [
    "mkdir -p two/posts && cd two",
    files,
    `cat > site.yaml <<'END'\n${shownIn(page, "yaml")}END`,
    `cat > posts/hello.md <<'END'\n${shownIn(page, "markdown")}END`,
    "dripfeed check --content . --strict && dripfeed publish --content .",
  ];
  await machine.run(commands.join("\n"));
  expect(await machine.run("cat two/public/rss.xml")).toContain(expected);
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
