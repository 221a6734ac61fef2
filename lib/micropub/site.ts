/** The site that is written for, as `site.yaml` is now. */
import { HttpError } from "../base/http/error.ts";
import { loadSite } from "../publish/sitefile.ts";
import type { Site } from "../site/types.ts";
import { shownProblems } from "./problems.ts";
import type { MicropubInput } from "./types.ts";

/** Throws where it cannot be used: nobody could tell where a post goes, nor at which address media are served. */
export async function usableSite({ content, clock }: Pick<MicropubInput, "content" | "clock">): Promise<Site> {
  const loaded = await loadSite(content, clock.now());
  if (loaded.ok) return loaded.site;
  const [first] = loaded.problems;
  const why = first ? `: ${first.message}` : "";
  throw new HttpError("site_unusable", `site.yaml cannot be used${why}; run dripfeed check, and correct it`, {
    problems: shownProblems(loaded.problems),
  });
}
