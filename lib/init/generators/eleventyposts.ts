/** Eleventy's posts: the folders of the feed's collection, and the addresses that data files give them. */
import { isPostFile } from "../../content/inputs.ts";
import { withoutSlashes } from "../../site/rules.ts";
import { readConfig } from "../config.ts";
import { memberAt, said } from "../source/literal.ts";
import { readScript, type Script } from "../source/script.ts";
import type { FoundPermalink, FoundPosts, Said, SiteFolder } from "../types.ts";

/** The collection of a blog's posts, as most name it. */
export const MAIN = /^(?:posts?|blog|articles?)$/i;

/**
 * Folders whose data files give their pages the tag of the feed's collection; else those that the configuration collects;
 * else one that is called as folders of posts are.
 */
export async function rootsOfPosts(
  folder: SiteFolder,
  script: Script | undefined,
  collection: string | undefined,
  root: string,
): Promise<readonly string[]> {
  const given = (call: string): readonly string[] =>
    (script?.calls ?? []).flatMap(({ name, values: [value] }) =>
      name === call ? [value].flat().filter((each) => typeof each === "string") : [],
    );
  const tags = [
    ...(collection === undefined ? [] : [collection]),
    ...given("getFilteredByTag").filter((tag) => MAIN.test(tag)),
  ];
  const roots: string[] = [];
  for (const path of folder.paths) {
    const above = folderOfDataFile(path);
    if (above === undefined) continue;
    if ((await tagsOf(folder, path)).some((tag) => tags.includes(String(tag)))) roots.push(above);
  }
  if (roots.length > 0) return roots;
  const folders = given("getFilteredByGlob")
    .map((glob) => glob.replace(/^\.?\//, "").split(/[*{[]/)[0] ?? "")
    .map((glob) => glob.slice(0, glob.lastIndexOf("/") + 1))
    .filter((each) => MAIN.test(each.split("/").at(-2) ?? ""));
  const usual = folder.paths.flatMap((path) => {
    const first = path.startsWith(root) ? path.slice(root.length).split("/")[0] : undefined;
    return first !== undefined && MAIN.test(first) && isPostFile(path) ? [`${root}${first}/`] : [];
  });
  return [...folders, ...usual].slice(0, 1);
}

/** A data file of a folder is named as the folder: `posts/posts.11tydata.js`, `posts/posts.json`. */
function folderOfDataFile(path: string): string | undefined {
  const above = path.slice(0, path.lastIndexOf("/") + 1);
  const name = path
    .slice(above.length)
    .replace(/\.(?:[mc]?js|json)$/, "")
    .replace(/\.11tydata$/, "");
  return name !== path.slice(above.length) && above.endsWith(`${name}/`) ? above : undefined;
}

async function tagsOf(folder: SiteFolder, path: string): Promise<readonly unknown[]> {
  if (!path.endsWith("js"))
    return readConfig([{ file: path, text: (await folder.read(path)) ?? "" }]).listAt("tags")?.value ?? [];
  const script = await readScript(folder, path);
  return [memberAt(script?.exported.get("default")?.value, "tags")?.value].flat();
}

interface FolderPermalink {
  /** Ends with a slash. */
  readonly folder: string;
  readonly said: Said;
}

/** Of data files that are code; those in JSON are defaults of posts, which are read with them. */
export async function permalinksOf(folder: SiteFolder): Promise<readonly FolderPermalink[]> {
  const permalinks: FolderPermalink[] = [];
  for (const path of folder.paths) {
    const above = /\.11tydata\.[mc]?js$/.test(path) ? folderOfDataFile(path) : undefined;
    if (above === undefined) continue;
    const script = await readScript(folder, path);
    const member = memberAt(script?.exported.get("default")?.value, "permalink");
    const found = said(member, path);
    if (found) permalinks.push({ folder: above, said: found });
    else if (script?.text.includes("permalink")) permalinks.push({ folder: above, said: { value: "", from: path } });
  }
  return permalinks;
}

/** That of the data file nearest to the folder with most posts. */
export function eleventyPermalink({ folders }: FoundPosts, permalinks: readonly FolderPermalink[]): FoundPermalink {
  const [largest] = [...folders].filter(([, { dated }]) => dated > 0).sort(([, a], [, b]) => b.dated - a.dated);
  const near = permalinks
    .filter(({ folder }) => largest?.[0].startsWith(folder))
    .sort((a, b) => b.folder.length - a.folder.length)[0]?.said;
  if (!near) return { remarks: [] };
  const value = patternOf(near.value);
  if (value !== undefined) return { said: { value, from: near.from }, remarks: [] };
  return { remarks: [`${near.from}: the permalink is made by code; look at the addresses`] };
}

const LONGEST_TEMPLATE = 1_000;

/** A template with the post's file, title or date, as a pattern. */
function patternOf(template: string): string | undefined {
  const pattern = template
    .slice(0, LONGEST_TEMPLATE)
    .replace(/\{\{([^{}]{1,200})\}\}/g, (whole, expression: string) => {
      const [, name = ""] = /^-?[ \t]{0,9}([\w.]{1,50})/.exec(expression) ?? [];
      if (name === "page.fileSlug" || name === "slug") return ":slug";
      if (name === "title") return ":post_title";
      if (name !== "page.date") return whole;
      return expression.includes("%Y/%m/%d") ? ":year/:month/:day" : /%Y["']/.test(expression) ? ":year" : whole;
    })
    .replace(/(?:^|\/)index\.html$/, "/");
  return pattern === "" || /[{}]/.test(pattern)
    ? undefined
    : `/${withoutSlashes(pattern)}${pattern.endsWith("/") ? "/" : ""}`;
}
