/** The players of pages in a browser, with media as the preview serves them. */
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Preview, startPreview } from "../../lib/preview/preview.ts";
import { fileOpener } from "../../lib/stores/folder/open.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { post, testClock } from "../support/world.ts";
import { openBrowser } from "./browser.ts";

/** Where the example site has its media. */
const EXAMPLES = "content/media";

const SITE = `title: Field notes
url: https://example.com/
feeds: https://example.com/feeds/
since: 2020
podcast: { channel: tags/heard, categories: [Arts], image: "https://example.com/media/cover.jpg" }
`;

const POSTS = {
  heard: { title: "Heard", tags: "[heard]", audio: "/media/heard.mp3" },
  upright: {
    ...{ title: "Upright", tags: "[upright]", transcript: "/media/words.vtt" },
    video: "{ src: /media/upright.mp4, width: 360, height: 640, poster: /media/cover.jpg }",
  },
  lying: { title: "Lying", tags: "[lying]", video: "{ src: /media/lying.mp4, width: 640, height: 360 }" },
  elsewhere: {
    ...{ title: "Elsewhere", tags: "[elsewhere]", audio: "https://elsewhere.example/a.mp3" },
    cover: "https://elsewhere.example/a.jpg",
  },
};

let folder: string;
let preview: Preview;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-players-"));
  await Promise.all(["media", "posts"].map((name) => mkdir(join(folder, name))));
  const examples = await readdir(EXAMPLES, { recursive: true });
  const copy = (pattern: RegExp, name: string) => {
    const found = examples.find((each) => pattern.test(each));
    if (found === undefined) throw new Error(`the example site has no file like ${pattern}`);
    return copyFile(join(EXAMPLES, found), join(folder, "media", name));
  };
  await Promise.all([
    copy(/\.mp3$/, "heard.mp3"),
    copy(/portrait\.mp4$/, "upright.mp4"),
    copy(/landscape\.mp4$/, "lying.mp4"),
    copy(/\.jpg$/, "cover.jpg"),
    writeFile(join(folder, "media", "words.vtt"), "WEBVTT\n\n00:00.000 --> 00:04.000\nA drop falls.\n"),
    writeFile(join(folder, "site.yaml"), SITE),
    ...Object.entries(POSTS).map(([name, front]) => writeFile(join(folder, "posts", `${name}.md`), post(front))),
  ]);
  preview = await startPreview({
    ...{ content: folderStore(folder), folder, media: fileOpener(folder), port: 0, isFlexible: false },
    ...{ public: memoryStore("public"), state: memoryStore("state"), clock: testClock() },
    ...{ newRun: () => "players", print: () => undefined },
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await preview?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Visit {
  readonly page: Page;
  /** Paths of what was asked for besides the page itself; of others, their addresses. */
  readonly asked: readonly string[];
  readonly complaints: readonly string[];
}

async function visit(tag: string, width: number, look: (visit: Visit) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 640 } });
  try {
    const page = await context.newPage();
    const [asked, complaints]: [string[], string[]] = [[], []];
    const url = `${preview.origin}/feeds/tags/${tag}/`;
    page.on("console", (message) => complaints.push(message.text()));
    page.on("request", (request) => {
      if (request.url() !== url) asked.push(request.url().replace(preview.origin, ""));
    });
    await page.goto(url, { waitUntil: "networkidle" });
    await look({ page, asked, complaints });
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

const boxOf = (page: Page): Promise<{ readonly width: number; readonly height: number }> =>
  page.evaluate(
    `(({ width, height }) => ({ width, height }))(document.querySelector("video").getBoundingClientRect())`,
  );

/** Plays by keyboard, and waits until it is heard or seen. */
async function play(page: Page, name: "audio" | "video"): Promise<void> {
  await page.locator(name).focus();
  await page.keyboard.press("Space");
  await expect.poll(() => page.evaluate(`document.querySelector("${name}").currentTime`)).toBeGreaterThan(0.1);
}

test("audio plays by keyboard, and nothing of it is asked for before", async () => {
  await visit("heard", 360, async ({ page, asked }) => {
    expect(asked.filter((path) => !/^data:|^\/\.dripfeed\//.test(path))).toEqual(["/media/cover.jpg"]); // the podcast's picture
    await play(page, "audio");
    expect(asked).toContain("/media/heard.mp3");
  });
});

test.each([360, 1280])(
  "at %d pixels an upright video stands upright, fits the screen, and does not move when it plays",
  async (width) => {
    await visit("upright", width, async ({ page, asked }) => {
      expect(asked.filter((path) => !/^data:|^\/\.dripfeed\//.test(path))).toEqual(["/media/cover.jpg"]); // its poster
      const before = await boxOf(page);
      expect(before.width / before.height).toBeCloseTo(360 / 640, 2);
      expect(before.width).toBeLessThanOrEqual(width);
      expect(before.height).toBeLessThanOrEqual(640);
      await play(page, "video");
      expect(asked).toContain("/media/upright.mp4");
      expect(await boxOf(page)).toEqual(before);
    });
  },
);

test("a video has captions for those who ask for them", async () => {
  await visit("upright", 360, async ({ page, asked }) => {
    await play(page, "video");
    expect(asked).not.toContain("/media/words.vtt");
    await page.evaluate(`document.querySelector("video").textTracks[0].mode = "showing"`);
    await expect.poll(() => page.evaluate(`document.querySelector("video").textTracks[0].cues?.length`)).toBe(1);
  });
});

test.each([360, 1280])("at %d pixels a video that lies is as wide as the text", async (width) => {
  await visit("lying", width, async ({ page }) => {
    const before = await boxOf(page);
    expect(before.width / before.height).toBeCloseTo(640 / 360, 2);
    expect(before.height).toBeLessThanOrEqual(640);
    const text: number = await page.evaluate(`document.querySelector(".entries").getBoundingClientRect().width`);
    expect(before.width).toBeLessThanOrEqual(text);
    await play(page, "video");
    expect(await boxOf(page)).toEqual(before);
  });
});

test("what others serve is linked, and nothing is asked of them", async () => {
  await visit("elsewhere", 360, async ({ page, asked }) => {
    expect(asked.filter((path) => !/^data:|^\/\.dripfeed\//.test(path))).toEqual([]);
    expect(await page.locator("audio, img").count()).toBe(0);
    expect(await page.getByRole("link", { name: "Audio" }).getAttribute("href")).toBe(
      "https://elsewhere.example/a.mp3",
    );
  });
});

test("on paper there are no players", async () => {
  await visit("upright", 1280, async ({ page }) => {
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("video").isVisible()).toBe(false);
  });
});
