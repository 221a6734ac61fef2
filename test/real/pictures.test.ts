/** The pictures of README and docs, drawn by Chromium from the example site. */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawPictures } from "../pictures/draw.ts";
import { PICTURES } from "../pictures/pictures.ts";
import { openBrowser } from "./browser.ts";

let folder: string;
let names: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "dripfeed-pictures-"));
  names = await drawPictures(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("are those that are checked in", () => {
  const photographs = readdirSync("docs/pictures").filter((name) => name.endsWith(".webp"));
  expect(names.toSorted()).toEqual(photographs.toSorted());
});

test("are small, and sharp on screens of twice the density", async () => {
  expect(names.filter((name) => statSync(join(folder, name)).size > 80_000)).toEqual([]);
  const browser = await openBrowser();
  const page = await browser.newPage();
  const widthOf = (file: string) =>
    PICTURES.find(({ name }) => file.replace(/-(?:light|dark)\.webp$/, "") === name)?.width;
  for (const name of names) {
    await page.goto(`file://${join(folder, name)}`);
    expect(await page.evaluate("document.images[0].naturalWidth"), name).toBe(2 * (widthOf(name) ?? 0));
  }
  await browser.close();
});

test("differ in light and dark", async () => {
  const browser = await openBrowser();
  const page = await browser.newPage();
  const brightness = async (name: string): Promise<number> => {
    await page.goto(`file://${join(folder, name)}`);
    await page.evaluate(`document.images[0].style.cssText = "width: 100vw; height: 100vh"`);
    const data = (await page.screenshot({ type: "png", clip: { x: 2, y: 2, width: 1, height: 1 } })).toString("base64");
    return page.evaluate<number>(`(async () => {
      const context = new OffscreenCanvas(1, 1).getContext("2d");
      context.drawImage(await createImageBitmap(await (await fetch("data:image/png;base64,${data}")).blob()), 0, 0);
      return context.getImageData(0, 0, 1, 1).data[1];
    })()`);
  };
  for (const light of names.filter((name) => name.endsWith("-light.webp"))) {
    expect(await brightness(light), light).toBeGreaterThan(200);
    expect(await brightness(light.replace("-light", "-dark")), light).toBeLessThan(60);
  }
  await browser.close();
});
