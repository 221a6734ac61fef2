/** Where a post is said to take too much work. */
import { describe, expect, test } from "vitest";
import { post, world } from "../../support/world.ts";

const DEEP = `${"> ".repeat(200)}x`;

/** The line and the text of the file that the problem is about. */
async function problemOf(body: string, more = "") {
  const file = `${post({ title: "Deep" }, body)}${more}`;
  const site = await world({ "posts/deep.md": file, "posts/a.md": post({}) });
  const { problems } = await site.publish();
  expect(problems).toMatchObject([{ code: "too-slow", severity: "error", file: "posts/deep.md" }]);
  expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  const { line } = problems[0] ?? {};
  return { line, text: line === undefined ? undefined : file.split("\n")[line - 1] };
}

describe("the problem of a text that grew has the line of the file", () => {
  test("where the Markdown is the text as written", async () => {
    expect(await problemOf(`One.\n\n- two\n\n${DEEP}\n\nlast\n`)).toEqual({ line: 10, text: DEEP });
  });

  test("where a template above it has as many lines as what it stands for", async () => {
    expect(await problemOf(`{% raw %}One.{% endraw %}\n\n${DEEP}\n`)).toMatchObject({ text: DEEP });
  });

  test("where templates below it are of other lengths", async () => {
    const gallery = "{% gallery %}\n![a](/a.png)\n![b](/b.png)\n{% endgallery %}\n";
    expect(await problemOf(`One.\n\n${DEEP}\n\n${gallery}`)).toMatchObject({ text: DEEP });
  });
});

test("a file that is too long is told at the line where its text begins", async () => {
  const file = post({ title: "Long" }, "word ".repeat(1_000_000));
  const site = await world({ "posts/long.md": file, "posts/a.md": post({}) });
  const { problems } = await site.publish();
  expect(problems).toMatchObject([{ code: "too-slow", file: "posts/long.md" }]);
  expect(problems[0]?.line).toBe(file.split("\n").findIndex((line) => line.startsWith("word")));
});
