/** The tags of the site, kept for times without a network. */
import { ask } from "../base/api.ts";
import { get, put } from "./database.ts";

interface KeptTags {
  readonly id: "tags";
  readonly tags: readonly string[];
}

export const knownTags = async (): Promise<readonly string[]> => (await get<KeptTags>("things", "tags"))?.tags ?? [];

export async function askTags(): Promise<readonly string[]> {
  try {
    const { categories } = (await ask<{ readonly categories: readonly string[] }>("micropub?q=category")).body;
    const kept: KeptTags = { id: "tags", tags: categories };
    await put("things", kept);
    return categories;
  } catch {
    return knownTags();
  }
}
