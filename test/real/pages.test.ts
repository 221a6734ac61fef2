/** Pages in a browser: at every width and in both schemes they fit, ask others for nothing, and can be used by all. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderPage } from "../../lib/formats/page.ts";
import { samplePage } from "../formats/samples.ts";
import { readCode } from "../support/qr.ts";
import { type Host, openBrowser, openHost } from "./browser.ts";
import { chineseSite, englishSite, samplePages } from "./sites.ts";

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><rect width="30" height="30"/></svg>`;

let browser: Browser;
let host: Host;

beforeAll(async () => {
  [browser, host] = await Promise.all([openBrowser(), openHost()]);
  for (const [folder, make] of [
    ["en/", englishSite],
    ["zh/", chineseSite],
  ] as const) {
    const site = await make(host.url + folder);
    const files = Object.entries(await site.dump(site.public));
    host.serve(files.map(([path, text]) => [folder + path, text] as const));
  }
  host.serve(["field", "drop"].map((name) => [`media/${name}.svg`, PICTURE] as const));
  host.serve([...samplePages(host.url)].map(([folder, text]) => [`${folder}index.html`, text] as const));
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

interface Visit {
  readonly page: Page;
  /** What went wrong in the page, and what it asked others for. */
  readonly complaints: readonly string[];
}

async function visit<Result>(
  url: string,
  options: BrowserContextOptions,
  look: (visit: Visit) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const asked = request.url();
      const isPicture = request.resourceType() === "image" && asked.startsWith(`${host.url}media/`);
      if (asked !== url && !asked.startsWith("data:") && !isPicture) complaints.push(`a request for ${asked}`);
    });
    const response = await page.goto(url, { waitUntil: "networkidle" });
    if (response && !response.ok() && response.status() !== 0) complaints.push(`status ${response.status()}`);
    return await look({ page, complaints });
  } finally {
    await context.close();
  }
}

const openAll = (page: Page) =>
  page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');

/** The rules that the page breaks, of WCAG 2.2 AA and of good practice. */
async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await openAll(page);
  await page.evaluate(axe.source);
  const results: AxeResults = await page.evaluate("axe.run()");
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

const PAGES = {
  "the site's page": "en/",
  "a tag's page": "en/tags/water/",
  "a Chinese site's page": "zh/",
  "a Chinese tag's page": "zh/tags/滴灌/",
  "a page with everything on it": "everything/",
  "a page from right to left": "arabic/",
  "a podcast's page": "podcast/",
  "the page of a site with a long title": "long/",
  "a page at an address in Chinese": "decoded/",
  "a category's page": "category/",
  "an empty channel's page": "empty/",
};
const WIDTHS = [360, 1280];
const SCHEMES = ["light", "dark"] as const;
const CASES = Object.entries(PAGES).flatMap(([name, path]) =>
  WIDTHS.flatMap((width) => SCHEMES.map((colorScheme) => ({ name, path, width, colorScheme }))),
);

// Several at once, each in a window of its own: half a second without a request is waited for in each.
describe.concurrent.each(CASES)("$name at $width pixels, $colorScheme", ({ path, width, colorScheme }) => {
  test("fits, asks nobody for anything but the pictures of the site, and has no fault that axe knows", async ({
    expect,
  }) => {
    const options = { viewport: { width, height: 900 }, colorScheme };
    await visit(host.url + encodeURI(path), options, async ({ page, complaints }) => {
      const shots = process.env["SHOTS"];
      if (shots) {
        const name = `${path.replaceAll("/", "-")}${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(shots, name), fullPage: true });
      }
      await openAll(page);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    });
    const faults = await visit(host.url + encodeURI(path), { ...options, bypassCSP: true }, ({ page }) =>
      accessibilityFaults(page),
    );
    expect(faults).toEqual([]);
  });
});

test("a button copies the address beside it, and says so", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  await visit(`${host.url}en/`, { permissions }, async ({ page, complaints }) => {
    await page.getByText("Other formats").click();
    await page.getByRole("button").nth(1).click();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(`${host.url}en/atom.xml`);
    expect(await page.getByRole("button").nth(1).textContent()).toBe("Copied");
    expect(await page.getByRole("status").textContent()).toBe("Copied");
    await page.getByRole("link", { name: "rss.xml" }).focus();
    expect(await page.getByRole("button").nth(1).textContent()).toBe("Copy");
    expect(complaints).toEqual([]);
  });
});

test("where the clipboard is kept from the page, the button copies in the old way", async () => {
  await visit(`${host.url}en/`, { permissions: [] }, async ({ page }) => {
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
    await page.getByRole("button").first().click();
    expect(await page.getByRole("button").first().textContent()).toBe("Copied");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Copied");
    await page.evaluate('document.body.append(document.createElement("textarea"))');
    await page.locator("textarea").press("Control+V");
    expect(await page.locator("textarea").inputValue()).toBe(`${host.url}en/rss.xml`);
  });
});

test("what is copied is the real address of a feed, which is shown decoded and with both its ends", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  await visit(`${host.url}decoded/`, { permissions, viewport: { width: 360, height: 800 } }, async ({ page }) => {
    const address = page.locator(".address").first();
    expect(await address.innerText()).toBe("https://滴灌.example/feeds/tags/灌溉/rss.xml");
    const { scroll, client, cut } = await address.evaluate((link) => {
      const start = link.querySelector(".start");
      const cut = start !== null && start.scrollWidth > start.clientWidth;
      return { scroll: link.scrollWidth, client: link.clientWidth, cut };
    });
    expect({ cut, isWhole: scroll <= client }).toEqual({ cut: true, isWhole: true });
    await page.getByRole("button").first().click();
    const real = `https://xn--5cxq2a.example/feeds/tags/${encodeURIComponent("灌溉")}/rss.xml`;
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(real);
  });
});

test.each([
  ["light", 1280],
  ["dark", 1280],
] as const)("a phone reads the address from the QR code (%s, %i pixels)", async (colorScheme, width) => {
  await visit(`${host.url}decoded/`, { colorScheme, viewport: { width, height: 900 } }, async ({ page }) => {
    const picture = await page.getByRole("img", { name: "用手机扫一扫" }).screenshot();
    expect(await codeIn(picture)).toBe(`https://xn--5cxq2a.example/feeds/tags/${encodeURIComponent("灌溉")}/rss.xml`);
  });
});

test("the name of each format is on one line, and a slash of the way stays with the name before it", async () => {
  for (const width of WIDTHS) {
    await visit(`${host.url}category/`, { viewport: { width, height: 900 } }, async ({ page }) => {
      await openAll(page);
      const lines = `[...document.querySelectorAll(".feeds span[id]")].map((name) => name.firstChild)
        .map((text) => { const range = new Range(); range.selectNode(text); return range.getClientRects().length; })`;
      expect(new Set(await page.evaluate<number[]>(lines))).toEqual(new Set([1]));
      const marks = `[...document.querySelectorAll("nav li")].map((each) =>
        ["::before", "::after"].map((part) => getComputedStyle(each, part).content))`;
      const found = await page.evaluate<string[][]>(marks);
      expect(found.length).toBeGreaterThan(2);
      expect(found.slice(0, -1)).toEqual(found.slice(0, -1).map(() => ["none", '"/"']));
      expect(found.at(-1)).toEqual(["none", "none"]);
    });
  }
});

test("the QR code is not shown on a small screen, and printed", async () => {
  await visit(`${host.url}decoded/`, { viewport: { width: 360, height: 800 } }, async ({ page }) => {
    const code = page.locator("figure svg");
    expect(await code.isVisible()).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await code.isVisible()).toBe(true);
    expect(await page.getByRole("button").count()).toBe(0);
  });
});

interface Pixels {
  readonly pixels: readonly number[];
  readonly width: number;
  readonly height: number;
}

/** What a reader of QR codes finds in a picture; another page of the browser unpacks it. */
async function codeIn(png: Buffer): Promise<string | undefined> {
  const page = await browser.newPage();
  try {
    const { pixels, width, height } = await page.evaluate<Pixels>(`(async () => {
      const url = "data:image/png;base64,${png.toString("base64")}";
      const picture = await createImageBitmap(await (await fetch(url)).blob());
      const { width, height } = picture;
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context.drawImage(picture, 0, 0);
      return { pixels: [...context.getImageData(0, 0, width, height).data], width, height };
    })()`);
    return readCode(new Uint8ClampedArray(pixels), width, height)?.data;
  } finally {
    await page.close();
  }
}

test("a page loads the site's icons, and no other picture", async () => {
  const icon = `${host.url}icons/a;b,c.svg`;
  const markup = renderPage(samplePage({ site: { favicon: `${icon}?v=2`, icon: `${host.url}icons/square.svg` } }));
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`;
  host.serve([
    ["icon/index.html", markup],
    ["icons/a;b,c.svg", picture],
    ["icons/square.svg", picture],
    ["icons/other.svg", picture],
  ]);
  const load = (url: string) => `new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve("loaded");
    image.onerror = () => resolve("refused");
    image.src = ${JSON.stringify(url)};
  })`;
  await visit(`${host.url}icon/`, {}, async ({ page }) => {
    const shown = await page.locator('link[rel="icon"]').getAttribute("href");
    expect(await page.evaluate(load(shown ?? ""))).toBe("loaded");
    expect(await page.evaluate(load(`${host.url}icons/other.svg`))).toBe("refused");
    expect(await page.evaluate("document.querySelector('nav img').naturalWidth")).toBe(1);
  });
});

test("without scripts there is no button, and every address is there", async () => {
  await visit(`${host.url}en/`, { javaScriptEnabled: false }, async ({ page }) => {
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await page.locator(".address").first().getAttribute("href")).toBe(`${host.url}en/rss.xml`);
    await page.getByText("Other formats").click();
    expect(await page.locator(".address").last().innerText()).toBe(`${host.url}en/feed.json`);
  });
});

test("the way to the content, to a channel and back goes by keyboard", async () => {
  await visit(`${host.url}zh/`, {}, async ({ page }) => {
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("跳到正文");
    await page.getByRole("link", { name: "滴灌 2" }).press("Enter");
    await page.waitForURL(`**/zh/tags/${encodeURIComponent("滴灌")}/index.html`);
    await page.getByRole("navigation").getByRole("link", { name: "订阅源" }).press("Enter");
    await page.waitForURL("**/zh/index.html");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("瓜田札记");
  });
});

test("from disk, pages lead to one another and look the same", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-pages-"));
  try {
    const site = await chineseSite("https://feeds.example.com/");
    for (const [path, text] of Object.entries(await site.dump(site.public))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await visit(pathToFileURL(join(folder, "index.html")).href, {}, async ({ page, complaints }) => {
      expect(complaints).toEqual([]);
      await page.getByRole("link", { name: "滴灌 2" }).click();
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("滴灌");
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
