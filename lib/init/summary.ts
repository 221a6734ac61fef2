/** What `dripfeed init` tells of a site: what was recognised, what was not, and the next commands. */

import { mainFeeds } from "./former.ts";
import type { SitePlan } from "./init.ts";
import { isPlaceholder } from "./values.ts";
import { oneComment } from "./write.ts";

const SHOWN = ["title", "url", "language", "timezone", "permalink", "limit"];
const MOST_FOLDERS = 5;

export function showPlan({ generator, keys, posts, folders, feeds, output, remarks }: SitePlan): string {
  const row = (name: string, value: string) => `  ${name.padEnd(10)} ${oneComment(value)}`;
  const listed = folders
    .slice(0, MOST_FOLDERS)
    .map(([folder, number]) => `${folder || "the folder itself"} (${number})`);
  const more = folders.length > MOST_FOLDERS ? `, and ${folders.length - MOST_FOLDERS} more` : "";
  const former = mainFeeds(feeds).map(({ path, format }) => `${path} (${format})`);
  return [
    `Recognised: ${generator}, ${posts} ${posts === 1 ? "post" : "posts"}${listed.length > 0 ? ` in ${listed.join(", ")}${more}` : ""}`,
    ...keys
      .filter(({ key }) => SHOWN.includes(key))
      .map(({ key, value, from }) => row(key, `${value}${from ? ` (${from})` : ""}`)),
    ...(former.length > 0 ? [row("feed", former.join(", "))] : []),
    ...(output
      ? [row("output", `${output.value} (${output.from}): build the site first, and publish after each build`)]
      : []),
    ...(remarks.length > 0 ? ["To look at:", ...remarks.map((each) => `  ${oneComment(each)}`)] : []),
  ].join("\n");
}

/** The next commands, each in its words; `content` is the folder as it was typed, and the others lie in it. */
export function nextCommands(
  { keys, feeds, posts, output }: SitePlan,
  content: string,
): readonly (readonly string[])[] {
  if (posts === 0) return [["check", "--content", content]];
  const url = String(keys.find(({ key }) => key === "url")?.value ?? "");
  const former = mainFeeds(feeds).map(({ path }) => path);
  const isHere = content === "." || /^s3:/i.test(content);
  const inContent = (path: string): string => (isHere ? path : `${content.replace(/\/$/, "")}/${path}`);
  const stores = [
    ...["--content", content, "--public", inContent(output?.value ?? "public")],
    ...(isHere ? [] : ["--state", inContent(".dripfeed")]),
  ];
  return [
    ...(former.length > 0 && URL.canParse(url) && !isPlaceholder(url)
      ? [["adopt", ...former.map((path) => new URL(path, url).href), ...stores]]
      : []),
    ["publish", ...stores],
  ];
}
