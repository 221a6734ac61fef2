/** Whatever a text begins with, in the files of any generator: to change what is shown there leaves the words, and to change the words leaves that. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { SITE } from "../support/world.ts";
import { desk } from "./desk.ts";

const lines = fc.array(
  fc.constantFrom(
    ...["![a](/p.jpg)", "![](/q.jpg)  ", "![x](/a?b=1&amp;c=2)", "![a](/p.jpg) and", '<video src="/v.mp4"></video>'],
    ...[
      "[▶ Audio](/s.mp3)",
      "[a](https://example.org/page)",
      "[A \\* page](https://example.org/page) ",
      "words",
      "",
      "",
      "  ",
      "\u3000",
      "> quote",
      "    code",
      "---",
      "# h",
      "{% raw %}",
      "[x]: /y",
    ],
  ),
  { maxLength: 8 },
);
const fields = fc.constantFrom(
  ...["", "video: /v.mp4\n", "videos: [/v.mp4]\n", "audio: /s.mp3\n", "photo: /z.jpg\n"],
  "video: /v.mp4\naudios: [/s.mp3, /t.mp3]\n",
  ...["bookmark-of: https://example.org/page\n", "link: https://example.org/page\nvideo: /v.mp4\n"],
  "live: { url: https://example.org/page, status: live }\nin_reply_to: [https://example.org/b]\n",
);
const KEYS: { readonly [dialect: string]: string } = {
  plain: "posts/a.md",
  hugo: "content/posts/a.md",
  jekyll: "_posts/2026-05-01-a.md",
  eleventy: "posts/a.md",
};
const NEW = "https://example.org/new.bin";
const SHOWN = ["photo", "video", "audio", "like-of"] as const;

test("files that are added and removed again, and other words, change nothing else", async () => {
  const input = {
    ...{ lines, fields, end: fc.constantFrom("\n", "\r\n") },
    dialect: fc.constantFrom(...Object.keys(KEYS)),
  };
  await fc.assert(
    fc.asyncProperty(fc.record(input), async ({ lines, fields, end, dialect }) => {
      const key = KEYS[dialect] ?? "";
      const written = `---\ntitle: a\ndate: 2026-05-01\n${fields}---\n\n${lines.join("\n")}\n`.replaceAll("\n", end);
      const to = await desk({ [key]: written }, `${SITE}dialect: ${dialect}\n`);
      const ask = async (query: string) => (await (await to.ask(`q=source${query}`)).json()) as Answer;
      const [{ properties: { url: [url = ""] = [] } = {} } = {}] = (await ask("")).items ?? [];
      const source = async () => {
        const all = (await ask(`&url=${encodeURIComponent(url)}`)).properties ?? {};
        const names = ["content", ...SHOWN, "in-reply-to", "bookmark-of", "live"] as const;
        return Object.fromEntries(names.map((name) => [name, all[name]]));
      };
      const update = async (change: object) => {
        const answer = await to.json({ action: "update", url, ...change });
        expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
      };

      const before = await source();
      for (const [name, values] of Object.entries(before)) if (values) await update({ replace: { [name]: values } });
      expect(await to.file()).toBe(written);
      for (const name of SHOWN) {
        await update({ add: { [name]: [NEW] } });
        expect(await source()).toEqual({ ...before, [name]: [...(before[name] ?? []), NEW] });
        await update({ delete: { [name]: [NEW] } });
        expect(await source()).toEqual(before);
        const isInText = name === "photo" && !fields.includes("photo") && lines.some((line) => line.trim() !== "");
        if (isInText) expect(await to.file()).toBe(written);
      }
      await update({ replace: { content: ["new"] } });
      expect(await source()).toEqual({ ...before, content: ["new"] });
    }),
    { numRuns: 60 },
  );
});

interface Answer {
  readonly items?: readonly Answer[];
  readonly properties?: { readonly [name: string]: readonly unknown[] & readonly string[] };
}
