/** `dripfeed write`, as it is typed, and a browser of this machine: from the code in the terminal to a post in the feed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "./browser.ts";

let folder: string;
let child: ChildProcess;
let browser: Browser;
let said = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-writehere-"));
  await mkdir(join(folder, "content/posts"), { recursive: true });
  await writeFile(
    join(folder, "content/site.yaml"),
    "title: Field notes\nurl: https://example.com/\nfeeds: https://feeds.example.com/\nmedia: https://feeds.example.com/\nsince: 2020\nlanguage: en\n",
  );
  child = spawn(process.execPath, [resolve("lib/dripfeed.js"), "write", "--port", "0"], { cwd: folder });
  child.stdout?.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  while (!said.includes("Ctrl-C ends") && child.exitCode === null) await sleep(50);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  child?.kill("SIGINT");
  if (child?.exitCode === null) await once(child, "close");
  await rm(folder, { recursive: true, force: true });
});

test("a browser is let in by the link in the terminal, writes a post, and the feed has it at once", async () => {
  const [, link = ""] = /^ {2}link {2}(http:\/\/localhost:\d+\/write\/#code=\S+)$/m.exec(said) ?? [];
  const { origin } = new URL(link);
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: "en" });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (!/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await page.goto(link);
  await page.getByRole("button", { name: "Set up this device" }).click();
  await page.getByRole("link", { name: "Write" }).click();
  expect(await context.cookies(`${origin}/write/`)).toMatchObject([{ name: "__Secure-dripfeed", httpOnly: true }]);
  // The worker that keeps the page for a time without a network came with a policy that lets it ask for it.
  await page.evaluate("navigator.serviceWorker.ready");
  await page.getByRole("link", { name: "Text" }).click();
  await page.getByLabel("Title (optional)").fill("From the field");
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("It rained **all night**.");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("heading", { name: "Sent" }).waitFor();
  await expect
    .poll(async () => readFile(join(folder, "public/rss.xml"), "utf8").catch(() => ""), { timeout: 15_000 })
    .toContain("From the field");
  expect(await (await fetch(`${origin}/rss.xml`)).text()).toContain("<strong>all night</strong>");
  await page.getByText("Published ·").waitFor();

  await context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await context.setOffline(false);
  expect(complaints).toEqual([]);
  await context.close();
});
