/** The author's page of an audience in a browser: at every width and in both schemes it fits, asks nobody for anything, and can be used by all. */
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderAudiencePage } from "../../lib/audience/page/page.ts";
import { CHINESE, emptyAudience, HOSTILE, sampleAudience } from "../audience/page/samples.ts";
import { type Host, openBrowser, openHost } from "./browser.ts";

const PAGES = {
  "a site without parts": sampleAudience({ channels: 1, days: 3, titles: ["Field notes"] }),
  "500 channels and two years": sampleAudience({
    ...{ channels: 500, days: 730, hasGaps: true, recordings: 60, hasFaults: true },
    titles: ["Field notes", "Water", "Drip irrigation", "Reading"],
  }),
  "a Chinese site": sampleAudience({
    ...{ channels: 12, days: 90, hasGaps: true, recordings: 8, hasFaults: true },
    ...{ titles: CHINESE, language: "zh-CN" },
  }),
  "a site whose titles break pages": sampleAudience({
    ...{ channels: 12, days: 40, hasGaps: true, recordings: 8, hasFaults: true },
    ...{ titles: HOSTILE, language: "de" },
  }),
  "a site of which nothing was counted": emptyAudience(),
};

let browser: Browser;
let host: Host;

beforeAll(async () => {
  [browser, host] = await Promise.all([openBrowser(), openHost()]);
  host.serve(Object.entries(PAGES).map(([name, audience]) => [`${name}.html`, renderAudiencePage(audience)] as const));
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

/** With all that is folded open, and whatever was asked for or went wrong. */
async function opened<Result>(
  name: string,
  options: BrowserContextOptions,
  look: (page: Page, complaints: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext(options);
  try {
    const url = `${host.url}${encodeURIComponent(name)}.html`;
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const asked = request.url();
      if (asked !== url && !asked.startsWith("data:")) complaints.push(`a request for ${asked}`);
    });
    const response = await page.goto(url);
    if (response?.status() !== 200) complaints.push(`status ${response?.status()}`);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    return await look(page, complaints);
  } finally {
    await context.close();
  }
}

const ALIKE = ["tbody tr:nth-child(n+12)", "tr > :nth-child(n+9)", ".cards li:nth-child(n+7)"];

/** The rules that the page breaks, of WCAG 2.2 AA and of good practice. Rows, columns and plots are alike: a few are looked at. */
async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const results: AxeResults = await page.evaluate(`axe.run({ exclude: ${JSON.stringify(ALIKE)} })`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Each page at both widths, and each scheme at both: what they share is laid out and coloured in the same way. */
const CASES = Object.keys(PAGES).flatMap((name, i) =>
  [360, 1280].map((width, j) => ({
    name,
    width,
    colorScheme: (i + j) % 2 === 0 ? ("light" as const) : ("dark" as const),
  })),
);

describe.each(CASES)("$name at $width pixels, $colorScheme", ({ name, width, colorScheme }) => {
  const options = { viewport: { width, height: 900 }, colorScheme };

  test("fits, asks nobody for anything, and has no fault that axe knows", async () => {
    await opened(name, options, async (page, complaints) => {
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    });
    const faults = await opened(name, { ...options, bypassCSP: true }, accessibilityFaults);
    expect(faults).toEqual([]);
  });
});

test.each([360, 1280])("days and values beside a plot do not touch each other at %i pixels", async (width) => {
  for (const name of ["a site without parts", "500 channels and two years", "a Chinese site"]) {
    const touching = await opened(name, { viewport: { width, height: 900 } }, (page) =>
      page.evaluate<readonly string[]>(`(() => {
        const texts = [...document.querySelectorAll(".main text")].filter((text) => text.getClientRects().length > 0);
        const boxes = texts.map((text) => ({ name: text.textContent, box: text.getBoundingClientRect() }));
        const meet = (a, b) => a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom && b.top < a.bottom;
        return boxes.flatMap((one, i) => [
          ...(one.box.left < 0 || one.box.right > innerWidth ? [one.name + " leaves the page"] : []),
          ...boxes.slice(i + 1).filter(({ box }) => meet(one.box, box)).map(({ name }) => one.name + " meets " + name),
        ]);
      })()`),
    );
    expect(touching).toEqual([]);
  }
});
