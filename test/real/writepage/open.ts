/** The writing page in a phone's browser, and what is wrong with what it shows. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Site } from "../../../lib/site/types.ts";
import { sampleSite } from "../../formats/samples.ts";
import { openFake } from "./fake/fake.ts";
import type { Fake } from "./fake/types.ts";

export interface Phone {
  readonly page: Page;
  readonly fake: Fake;
  /** What the browser complained about, and what it asked others for. */
  readonly complaints: readonly string[];
  /** Looks as `context.setOffline` does, and is told to the page. */
  readonly network: (isThere: boolean) => Promise<void>;
}

export interface PhoneOptions extends BrowserContextOptions {
  readonly site?: Partial<Site>;
  readonly signedIn?: boolean;
  /** Below `/write/`. */
  readonly path?: string;
}

export const FAKE_SITE: Partial<Site> = {
  language: "en",
  languages: ["en", "zh"],
  authors: { li: { name: "Li Mei" }, wang: { name: "Wang Wei" } },
};

/** One phone with one server, 360 pixels wide unless it is said. */
export async function withPhone(
  browser: Browser,
  { site = {}, signedIn = true, path = "", ...options }: PhoneOptions,
  use: (phone: Phone) => Promise<void>,
): Promise<void> {
  const fake = await openFake(sampleSite({ ...FAKE_SITE, ...site }));
  fake.state.signedIn = signedIn;
  const context = await browser.newContext({
    ...{ viewport: { width: 360, height: 780 }, locale: "en", timezoneId: "Asia/Shanghai", hasTouch: true },
    ...options,
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const complaints: string[] = [];
    page.on("console", (message) => {
      // Chromium says so of every answer that is no success; what the page says of it is looked at by tests.
      const isAnswer = /Failed to load resource/.test(message.text());
      if (!isAnswer) complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== fake.origin && protocol.startsWith("http")) complaints.push(`a request for ${request.url()}`);
    });
    await page.goto(`${fake.origin}/write/${path}`);
    await page.locator("h1").waitFor();
    await use({ page, fake, complaints, network: (isThere) => context.setOffline(!isThere) });
  } finally {
    await context.close();
    await fake.close();
  }
}

/** A phone's own authenticator, which agrees to everything. */
export async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
}

/** The rules that the page breaks, of WCAG 2.2 AA and of good practice. Its policy is bypassed in these contexts. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const results: AxeResults = await page.evaluate("axe.run()");
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** What is wider than the screen, by how much. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - innerWidth");

/** What is touched and lower than 48 pixels (buttons, links of lists and of the navigation, inputs). */
export const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll("button, .button, nav a, a.kind, a.row, input:not([type=file], .check input, .chip input, .choice input), .check, textarea, select, .chip, .choice")]
    .filter((each) => each.checkVisibility() && !each.classList.contains("far"))
    .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect().height])
    .filter(([, height]) => height < 47.5).map(String)`);

/** Where SHOTS names a folder, pictures of what is tested are put there. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env["SHOTS"];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
