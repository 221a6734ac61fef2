/** The navigation at the bottom of a phone: one line in every language, and nothing that has the focus is behind it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WRITING_LANGUAGES } from "../../../lib/write/page/language.ts";
import { openBrowser } from "../browser.ts";
import { begin } from "./hand.ts";
import { overflowOf, withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

test.each(WRITING_LANGUAGES)(
  "in %s it is one line on the narrowest phone, with something on its way",
  async (locale) => {
    await withPhone(browser, { locale, viewport: { width: 320, height: 640 } }, async ({ page }) => {
      await page.evaluate(`document.getElementById("count").textContent = "3"`);
      expect(await page.evaluate(`document.querySelector("nav").offsetHeight`)).toBeLessThan(64);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    });
  },
);

test.each(["Text", "Picture", "Link", "Live"])("what has the focus is not behind the navigation: %s", async (kind) => {
  await withPhone(browser, { viewport: { width: 360, height: 480 } }, async ({ page }) => {
    await begin(page, kind);
    await page.locator("form").waitFor();
    const hidden = await page.evaluate<readonly string[]>(`(async () => {
      const found = [];
      const nav = document.querySelector("nav");
      for (const each of document.querySelectorAll("form input, form textarea, form select, form button")) {
        scrollTo(0, 0);
        each.focus();
        await new Promise(requestAnimationFrame);
        const seen = (each.matches("input[type=radio], input[type=checkbox]") ? each.parentElement : each).getBoundingClientRect();
        if (document.activeElement === each && seen.bottom > nav.getBoundingClientRect().top) found.push(each.outerHTML.slice(0, 80));
      }
      return found;
    })()`);
    expect(hidden).toEqual([]);
  });
});
