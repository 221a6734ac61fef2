/** What `dripfeed init` tells of a site: what was recognised, what was not, and the next two commands. */

import type { SitePlan } from "./init.ts";
import { oneComment } from "./write.ts";

const SHOWN = ["title", "url", "language", "timezone", "permalink", "limit"];
const MOST_FOLDERS = 5;

export function showPlan({ generator, keys, posts, folders, feeds, remarks }: SitePlan): string {
  const row = (name: string, value: string) => `  ${name.padEnd(10)} ${oneComment(value)}`;
  const listed = folders
    .slice(0, MOST_FOLDERS)
    .map(([folder, number]) => `${folder || "the folder itself"} (${number})`);
  const more = folders.length > MOST_FOLDERS ? `, and ${folders.length - MOST_FOLDERS} more` : "";
  const former = feeds.filter(({ kind }) => kind === undefined).map(({ path, format }) => `${path} (${format})`);
  return [
    `Recognised: ${generator}, ${posts} ${posts === 1 ? "post" : "posts"}${listed.length > 0 ? ` in ${listed.join(", ")}${more}` : ""}`,
    ...keys
      .filter(({ key }) => SHOWN.includes(key))
      .map(({ key, value, from }) => row(key, `${value}${from ? ` (${from})` : ""}`)),
    ...(former.length > 0 ? [row("feed", former.join(", "))] : []),
    ...(remarks.length > 0 ? ["To look at:", ...remarks.map((each) => `  ${oneComment(each)}`)] : []),
  ].join("\n");
}

/** The next commands; `content` is the folder as it was given. */
export function nextCommands({ keys, feeds }: SitePlan, content: string): readonly string[] {
  const url = String(keys.find(({ key }) => key === "url")?.value ?? "");
  const [feed] = feeds.filter(({ kind }) => kind === undefined);
  const quoted = /^[\w./~-]+$/.test(content) ? content : `'${content.replaceAll("'", "'\\''")}'`;
  return [
    ...(feed && URL.canParse(url) ? [`dripfeed adopt ${new URL(feed.path, url).href} --content ${quoted}`] : []),
    `dripfeed publish --content ${quoted} --public public`,
  ];
}
