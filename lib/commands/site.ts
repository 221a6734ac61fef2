/** The site that a content store describes, as commands read it besides a run. */
import { SITE_KEY } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { parseSite } from "../site/site.ts";
import { MAX_SITE_BYTES } from "../site/size.ts";
import type { Site } from "../site/types.ts";
import { readObject, type Store } from "../stores/store.ts";
import { UsageError } from "./exit.ts";

export async function parsedSite(content: Store, now: Date): Promise<ReturnType<typeof parseSite>> {
  const file = await readObject(content, SITE_KEY, MAX_SITE_BYTES + 1);
  return parseSite(file?.body, content.name, now.getUTCFullYear());
}

/** Throws a `UsageError` that has every problem of a file that cannot be used. */
export async function readSite(content: Store, now: Date): Promise<Site> {
  const parsed = await parsedSite(content, now);
  if (parsed.ok) return parsed.site;
  throw new UsageError(`${SITE_KEY} cannot be used${parsed.problems.map(inLines).join("")}`);
}

const inLines = ({ line = 1, message, fix }: Problem): string => `\n  ${SITE_KEY}:${line}: ${message}\n    fix: ${fix}`;
