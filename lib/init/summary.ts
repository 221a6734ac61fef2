/** What `dripfeed init` tells of a site: what was recognised, what was not, and the next commands. */

import { mainFeeds } from "./former.ts";
import type { SitePlan } from "./init.ts";
import { isPlaceholder } from "./values.ts";
import { oneComment } from "./write.ts";

const SHOWN = ["title", "url", "language", "timezone", "permalink", "limit"];
const MOST_FOLDERS = 5;

export function showPlan({ generator, keys, posts, folders, feeds, remarks }: SitePlan): string {
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
    ...(remarks.length > 0 ? ["To look at:", ...remarks.map((each) => `  ${oneComment(each)}`)] : []),
  ].join("\n");
}

/** How the program was called: `npx dripfeed`, and the folder as it was typed. */
export interface Called {
  readonly program: string;
  readonly folder: string;
}

export const inFolder = (folder: string, name: string): string =>
  folder === "." ? name : `${folder}${folder.endsWith("/") ? "" : "/"}${name}`;

/** The next commands, to be copied; each names its stores, since what a default means depends on where npm runs it. */
export function nextCommands({ keys, feeds, posts, output = "public" }: SitePlan, called: Called): readonly string[] {
  const { program, folder } = called;
  if (posts === 0) return [checkCommand(called)];
  const beside = /^s3:/i.test(folder) ? "." : folder;
  const stores = ["--content", folder, "--public", inFolder(beside, output), "--state", inFolder(beside, ".dripfeed")];
  const url = String(keys.find(({ key }) => key === "url")?.value);
  const isKnown = URL.canParse(url) && !isPlaceholder(url);
  const former = isKnown ? mainFeeds(feeds).map(({ path }) => new URL(path, url).href) : [];
  return [
    ...(former.length > 0 ? [command(program, "adopt", ...former, ...stores)] : []),
    command(program, "publish", ...stores),
  ];
}

export const checkCommand = ({ program, folder }: Called): string => command(program, "check", "--content", folder);

const command = (program: string, ...words: readonly string[]): string => [program, ...words.map(quoted)].join(" ");

const quoted = (word: string): string => (/^[\w./:~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
