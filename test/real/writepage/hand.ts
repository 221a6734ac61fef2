/** What a hand does on the writing page, and what the page and its server then have. */
import type { Locator, Page } from "playwright-core";
import type { Asked, Fake } from "./fake/types.ts";

/** By the name of its kind on the first screen. */
export const begin = (page: Page, kind: string): Promise<void> =>
  page.getByRole("link", { name: kind, exact: true }).click();

export const title = (page: Page): Locator => page.getByLabel("Title (optional)");
export const publish = (page: Page): Locator => page.getByRole("button", { name: "Publish", exact: true });

/** A text by its title; its first letter is kept at once. */
export async function beginText(page: Page, name: string): Promise<void> {
  await begin(page, "Text");
  await title(page).fill(name);
}

/** Until something stands among what was sent. */
export const sent = (page: Page): Promise<void> =>
  page.getByRole("heading", { name: "Sent" }).waitFor({ timeout: 60_000 });

/** The requests that create a post. */
export const creations = ({ asked }: Fake): readonly Asked[] =>
  asked.filter(({ method, path, json }) => method === "POST" && path === "micropub" && json.action === undefined);
