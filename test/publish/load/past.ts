/** A site with a history of runs, for tests that lose its state. */
import { post, WHOLE_SITE, type World, world } from "../../support/world.ts";

export const bytes = (text: string) => new TextEncoder().encode(text);
export const CONTENT_TYPE = { contentType: "text/plain" };

/** Removes every object of the state store. */
export async function loseState(site: World): Promise<void> {
  for (const key of Object.keys(await site.dump(site.state))) await site.state.delete(key);
}

const DAY = 86_400_000;
export const day = (n: number) => new Date(Date.parse("2026-06-01T12:00:00Z") + n * DAY);

/** A site after several runs: posts that were renamed, edited and removed, an id in front matter, two languages. */
export async function siteWithHistory(site = WHOLE_SITE): Promise<World> {
  const past = await world(
    {
      "posts/plain.md": post({ title: "Plain", tags: "[x, y]", categories: "Field" }, "Plain words\n"),
      "posts/old-name.md": post({ title: "Renamed", tags: "[x]", date: "2026-02-02" }, "Words of one renamed\n"),
      "posts/edited.md": post({ title: "Edited", date: "2026-03-03", author: "ada" }, "First words\n"),
      "posts/chosen.md": post({ title: "Chosen", id: "urn:uuid:1-2-3", date: "2026-05-30" }, "Chosen id\n"),
      "posts/going.md": post({ title: "Going", tags: "[y]", date: "2026-05-20" }, "It will go\n"),
      "posts/leaving.md": post({ title: "Leaving", tags: "[y]", date: "2026-04-20" }, "It will be a draft\n"),
      "posts/two.en.md": post({ title: "Two", date: "2026-05-10" }, "In English\n"),
      "posts/two.zh.md": post({ title: "二", date: "2026-05-10" }, "中文\n"),
      "posts/untitled.md": "---\ndate: 2026-05-11\n---\nNo title & <b>markup</b>\n",
      "posts/草稿.md": post({ title: "稿", date: "2026-05-12", tags: "[乡村]" }, "字\n"),
    },
    site.includes("languages:") ? site : `${site}languages: [en, zh]\n`,
  );
  await past.publish();
  await past.remove("posts/old-name.md");
  await past.write(
    "posts/new-name.md",
    post({ title: "Renamed", tags: "[x]", date: "2026-02-02" }, "Words of one renamed\n"),
  );
  await past.write("posts/edited.md", post({ title: "Edited", date: "2026-03-03", author: "ada" }, "Other words\n"));
  await past.publish({ now: day(1) });
  // Another post takes the old key, and must get another id.
  await past.write("posts/old-name.md", post({ title: "Newcomer", date: "2026-05-31" }, "New at an old key\n"));
  await past.remove("posts/going.md");
  await past.write(
    "posts/leaving.md",
    post({ title: "Leaving", tags: "[y]", date: "2026-04-20", draft: "true" }, "It will be a draft\n"),
  );
  await past.publish({ now: day(2) });
  return past;
}
