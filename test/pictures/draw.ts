/**
 * `npm run pictures [-- <folder>]`: the pictures of README and docs, drawn from the example site.
 *
 * The example is published at a fixed moment into a folder that is removed again. Chromium is shown its pages at their own
 * addresses, and what the terminal printed as HTML; no request leaves this machine.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { renderAudiencePage } from "../../lib/audience/page/page.ts";
import { sampleAudience } from "../audience/page/samples.ts";
import { openBrowser } from "../real/browser.ts";
import { PICTURES, type Picture } from "./pictures.ts";
import { fulfilFrom } from "./site.ts";
import { terminalPage } from "./terminal.ts";

/** Within the hour of a live stream of the example. */
const NOW = "2026-11-23T12:00:00+08:00";

/** Pixels for each of CSS, so that pictures are sharp on most screens. */
const DENSITY = 2;

/** Of a file, in bytes; the best quality that stays below it is taken. */
const LARGEST = 80_000;
const QUALITIES = [85, 75, 60, 45, 30];

/** Numbers that are made up, of channels as the example has them. */
const AUDIENCE = sampleAudience({
  ...{ channels: 9, days: 180, recordings: 6 },
  titles: ["Field notes", "Water", "滴灌", "Pumps", "Short video", "Weirs", "Podcast", "Livestream", "Links"],
});

/** What `npm start` prints, with its colours. */
function publishExample(folder: string): string {
  cpSync("content", join(folder, "content"), { recursive: true });
  return execFileSync(process.execPath, [resolve("lib/dripfeed.js"), "publish", "--now", NOW], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "1", COLUMNS: "90", npm_lifecycle_event: "start" },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** WebP, which is a quarter of a PNG's size here; Playwright itself writes none. */
async function photograph(context: BrowserContext, picture: Picture, terminal: string): Promise<Buffer> {
  const page = await context.newPage();
  if (picture.shows === "terminal") await page.setContent(terminalPage(picture.command, terminal));
  else if (picture.shows === "audience") await page.setContent(renderAudiencePage(AUDIENCE));
  else await page.goto(picture.address, { waitUntil: "networkidle" });
  await page.evaluate("document.fonts.ready");
  const height = await page.evaluate<number>("Math.ceil(document.documentElement.getBoundingClientRect().height)");
  const session = await context.newCDPSession(page);
  const clip = { x: 0, y: 0, width: picture.width, height: Math.min(height, picture.height), scale: DENSITY };
  let drawn = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality, clip });
    drawn = Buffer.from(data, "base64");
    if (drawn.length <= LARGEST) break;
  }
  await page.close();
  return drawn;
}

/** Draws every picture, light and dark; resolves to the names of their files. */
export async function drawPictures(target: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-pictures-"));
  mkdirSync(target, { recursive: true });
  const names: string[] = [];
  let browser: Browser | undefined;
  try {
    const terminal = publishExample(folder);
    browser = await openBrowser();
    for (const colorScheme of ["light", "dark"] as const) {
      for (const picture of PICTURES) {
        const viewport = { width: picture.width, height: picture.height };
        const context = await browser.newContext({ colorScheme, viewport, deviceScaleFactor: DENSITY, locale: "en" });
        await context.route("**/*", fulfilFrom(folder));
        const name = `${picture.name}-${colorScheme}.webp`;
        writeFileSync(join(target, name), await photograph(context, picture, terminal));
        names.push(name);
        await context.close();
      }
    }
  } finally {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return names;
}

if (import.meta.main) {
  const target = process.argv[2] ?? "docs/pictures";
  for (const name of await drawPictures(target)) process.stdout.write(`${join(target, name)}\n`);
}
