/** The site that a content store describes, as commands read it besides a run. */
import { SITE_KEY } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { loadSite } from "../publish/sitefile.ts";
import type { Site } from "../site/types.ts";
import type { Store } from "../stores/store.ts";
import { UsageError } from "./exit.ts";

/** Throws a `UsageError` that has every problem of a file that cannot be used. */
export async function readSite(content: Store, now: Date): Promise<Site> {
  const parsed = await loadSite(content, now);
  if (parsed.ok) return parsed.site;
  throw new UsageError(`${SITE_KEY} cannot be used${parsed.problems.map(inLines).join("")}`);
}

const inLines = ({ line = 1, message, fix }: Problem): string => `\n  ${SITE_KEY}:${line}: ${message}\n    fix: ${fix}`;
