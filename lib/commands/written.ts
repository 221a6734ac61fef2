/** What is written is published, seen and told: the runs beside `dripfeed write`. */
import { randomUUID } from "node:crypto";
import { SITE_KEY } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import type { Served } from "../preview/answer.ts";
import type { Hints } from "../preview/gather.ts";
import { identity, summary } from "../preview/lines.ts";
import { servedOf } from "../preview/served.ts";
import { publish } from "../publish/publish.ts";
import { loadSite } from "../publish/sitefile.ts";
import type { Report } from "../publish/types.ts";
import { emptyWarmCache } from "../publish/warmcache.ts";
import { LIST_FILES } from "../site/names.ts";
import type { Site } from "../site/types.ts";
import { fileOpener } from "../stores/folder/open.ts";
import { parseS3Name } from "../stores/name.ts";
import type { Stores } from "../stores/open.ts";
import { type OpenWithin, readObject, type Store } from "../stores/store.ts";
import { visible } from "../terminal/text.ts";
import { clock, log, print, progress } from "./console.ts";
import { type Following, follow } from "./follow.ts";
import { holderOf } from "./holder.ts";
import { asCallerTyped, type StoreName } from "./options.ts";

export interface ShownFeeds {
  served(): Served | string;
  /** As `site.yaml` last was when it could be used. */
  site(): Site | undefined;
  read(): Promise<void>;
}

/** What is published is seen at the path of the feeds, and the content's media where the CDN has them. */
export function shownOf(content: string, stores: Stores): ShownFeeds {
  const media: OpenWithin = parseS3Name(content) ? async () => undefined : fileOpener(content);
  let served: Served | string = "the first run is not done yet";
  let site: Site | undefined;
  return {
    served: () => served,
    site: () => site,
    async read() {
      const loaded = await loadSite(stores.content, clock.now());
      if (!loaded.ok) return;
      site = loaded.site;
      served = servedOf(site, stores.public, media);
    },
  };
}

export function publishing(
  names: { readonly [name in StoreName]: string },
  stores: Stores,
  published: () => Promise<void>,
): Following {
  const warmCache = emptyWarmCache();
  const holder = holderOf(names.state);
  const linesOf = telling();
  return follow({
    now: clock.now,
    publish: (hints) =>
      publish({ ...stores, now: clock.now(), clock, run: randomUUID(), holder, hints, warmCache, progress, log }),
    async tell(report, hints) {
      await published();
      for (const line of linesOf(report, hints)) print(line);
    },
    failed: ({ message }) => log(`not published: ${message}; trying again in half a minute`),
    ...(parseS3Name(names.public) ? {} : { published: listIn(stores.public, asCallerTyped(names.public)) }),
  });
}

/** The list of all feeds, which every site has, stands for them. */
const listIn = (store: Store, name: string) => ({
  isThere: async () => (await readObject(store, LIST_FILES.list, 1)) !== undefined,
  removed: () => log(`the feeds were removed from ${visible(name)}: they come back as soon as that is done`),
});

/** What there is to say of each run: nothing of one that is refused as the one before was, which is tried again twice a minute. */
export function telling(): (report: Report, hints: Hints) => readonly string[] {
  let former: Pick<Report, "problems" | "refused"> = { problems: [] };
  return (report, hints) => {
    const { problems, refused } = report;
    const known = new Set(former.problems.map(identity));
    const isNew = (problem: Problem) => !known.has(identity(problem));
    const isSame = refused !== undefined && refused.code === former.refused?.code && !problems.some(isNew);
    const isMended = former.refused?.code === "site-unusable" && refused?.code !== "site-unusable";
    former = { problems, ...(refused ? { refused } : {}) };
    if (isSame) return [];
    return [
      ...(isMended ? [`${SITE_KEY} can be used again`] : []),
      summary(report, hints, known),
      ...(refused && problems.length === 0 ? [refused.fix] : []),
    ];
  };
}
