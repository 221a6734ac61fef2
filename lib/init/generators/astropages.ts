/** Astro's collections and routes: where posts lie, and at which addresses pages show them. */
import { withoutSlashes } from "../../site/rules.ts";
import { countBelow } from "../posts.ts";
import { isLiteralMap, memberAt } from "../source/literal.ts";
import { readScript, type Script } from "../source/script.ts";
import type { FoundPermalink, FoundPosts, Said, SiteFolder } from "../types.ts";
import { sectionsOf } from "../values.ts";

const COLLECTIONS = /^src\/content(?:\/config|\.config)\.[mc]?[jt]s$/;

/** Ids of entries, of which routes make addresses, may be made by code. */
export async function codedIds(folder: SiteFolder): Promise<readonly string[]> {
  const file = folder.paths.find((path) => COLLECTIONS.test(path));
  const text = file === undefined ? undefined : await folder.read(file);
  return text?.includes("generateId")
    ? [`${file}: ids of posts are made by code (generateId); look at the addresses`]
    : [];
}

interface Collection {
  readonly name: string;
  /** Ends with a slash. */
  readonly root: string;
  /** It is read by one glob, which leaves out files whose names begin with `_`, not folders. */
  readonly isGlob?: boolean;
  readonly from: string;
}

/** The folders that a glob begins with. */
function literalFolder(glob: string): string {
  const first = glob.search(/[*{}()[\]]/);
  return glob.slice(0, glob.slice(0, first < 0 ? glob.length : first).lastIndexOf("/") + 1);
}

export async function collectionsOf(folder: SiteFolder): Promise<readonly Collection[]> {
  const file = folder.paths.find((path) => COLLECTIONS.test(path));
  const script = file === undefined ? undefined : await readScript(folder, file);
  const defined = script?.exported.get("collections")?.value;
  const named: readonly Collection[] =
    script && defined !== undefined && isLiteralMap(defined)
      ? [...defined.members].map(([name, { value, line }]) => {
          const [base, pattern] = [
            memberAt(value, "loader", "base")?.value,
            memberAt(value, "loader", "pattern")?.value,
          ];
          const above = typeof base === "string" ? withoutSlashes(base.replace(/^\.\//, "")) : "";
          const literal = typeof pattern === "string" ? literalFolder(pattern) : "";
          const below = withoutSlashes(literal.replace(/^\.\//, ""));
          const root = [above, below].filter((part) => part !== "").join("/") || `src/content/${name}`;
          const isGlob = typeof base === "string" && typeof pattern === "string";
          return { name, root: `${root}/`, isGlob, from: `${script.file}:${line}` };
        })
      : [];
  if (named.length > 0) return named;
  const names = new Set(folder.paths.flatMap((path) => /^src\/content\/([^/]+)\//.exec(path)?.[1] ?? []));
  const found = [...names].map((name) => ({ name, root: `src/content/${name}/`, from: `src/content/${name}` }));
  // Before there were collections, posts were pages.
  return found.length > 0 ? found : [{ name: "", root: "src/pages/", from: "src/pages" }];
}

/** Folders with Markdown whose names begin with `_`, to their last such part. */
export function underscoredBelow({ paths }: SiteFolder, collections: readonly Collection[]): readonly string[] {
  const roots = collections.filter(({ isGlob }) => isGlob).map(({ root }) => root);
  const folders = paths.flatMap((path) => {
    const root = roots.find((each) => path.startsWith(each));
    if (root === undefined || !/\.mdx?$/.test(path)) return [];
    const parts = path.slice(root.length).split("/").slice(0, -1);
    const last = parts.findLastIndex((part) => part.startsWith("_"));
    return last < 0 ? [] : [`${root}${parts.slice(0, last + 1).join("/")}/`];
  });
  return [...new Set(folders)];
}

/** Those that it asks for itself, else those that the files ask for that it imports. */
export function collectionsNamed({ calls, imported }: Script): readonly string[] {
  const own = calls.flatMap(({ name, values: [given] }) =>
    name === "getCollection" && typeof given === "string" ? [given] : [],
  );
  return own.length > 0 ? own : imported.flatMap(collectionsNamed);
}

export function rootsOf(collections: readonly Collection[], listed: ReadonlySet<string>): Said<readonly string[]> {
  const those = collections.filter(({ name }) => listed.size === 0 || listed.has(name));
  const used = those.length > 0 ? those : collections;
  return { value: used.map(({ root }) => root), from: used[0]?.from ?? "src/content" };
}

interface Route {
  /** Without slashes at its ends; empty for the site's root. */
  readonly folder: string;
  readonly collections: readonly string[];
  readonly from: string;
}

/** Pages that are made for each entry of something: `src/pages/blog/[...slug].astro`. */
export async function routesOf(folder: SiteFolder): Promise<readonly Route[]> {
  const routes: Route[] = [];
  for (const path of folder.paths) {
    const [, above = "", name] =
      /^src\/pages\/((?:.{0,300}\/)?)\[(?:\.\.\.)?([\w-]{1,50})\](?:\/index)?\.astro$/.exec(path) ?? [];
    if (name === undefined || /^(?:page|tag|category|lang|locale|year|author)s?$/i.test(name)) continue;
    const script = await readScript(folder, path);
    routes.push({
      folder: withoutSlashes(above.replace(/\[(?:\.\.\.)?(?:lang|locale)\]\//g, "")),
      collections: script ? collectionsNamed(script) : [],
      from: path,
    });
  }
  return routes.filter((route) => !/[[\]]|(?:^|\/)(?:tags?|categor(?:y|ies)|authors?|series)$/.test(route.folder));
}

const BLOG = /^(?:blog|blogs|posts?|articles?|writing|notes?)$/;

function routeOf({ name, root }: Collection, routes: readonly Route[]): Route | undefined {
  const last = root.split("/").at(-2) ?? "";
  return (
    routes.find(({ collections }) => collections.includes(name)) ??
    routes.find(({ folder }) => [name, last, `${name}s`].includes(folder.split("/").at(-1) ?? "")) ??
    routes.find(({ folder, collections }) => collections.length === 0 && BLOG.test(folder.split("/").at(-1) ?? "")) ??
    routes.find(({ folder, collections }) => collections.length === 0 && folder === "")
  );
}

interface Pages {
  readonly collections: readonly Collection[];
  readonly routes: readonly Route[];
  readonly listed: ReadonlySet<string>;
}

/** The folder of the route that shows the collection with most posts. */
export function astroPermalink(
  posts: FoundPosts,
  { collections, routes, listed }: Pages,
  { slash, format }: { readonly slash: Said | undefined; readonly format: Said | undefined },
): FoundPermalink {
  const dated = collections
    .filter(({ name }) => listed.size === 0 || listed.has(name))
    .map((collection) => ({
      ...collection,
      count: countBelow(posts, collection.root).dated,
      route: routeOf(collection, routes),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const [first] = dated;
  if (!first) return { remarks: [] };
  const bare = slash?.value === "never" ? slash : format?.value === "file" ? format : undefined;
  const end = bare ? "" : "/";
  if (first.root === "src/pages/") {
    return { said: { value: `/:path${end}`, from: bare?.from ?? "src/pages" }, remarks: [] };
  }
  if (!first.route)
    return { remarks: [`permalink: no page under src/pages shows ${first.root}; look at the addresses`] };
  // The dialect's own pattern has the folders below `content` or `src`.
  if (dated.every(({ route, root }) => route && route.folder === sectionsOf(root))) {
    return bare ? { said: { value: "/:sections/:slug", from: bare.from }, remarks: [] } : { remarks: [] };
  }
  const isNested = [...posts.folders].some(
    ([name, count]) => count.dated > 0 && name.startsWith(first.root) && hasDeeper(name, first.root),
  );
  const folder = first.route.folder;
  const others = dated.filter(({ route }) => route && route.folder !== folder);
  return {
    said: { value: `${folder && `/${folder}`}/${isNested ? ":path" : ":slug"}${end}`, from: first.route.from },
    remarks: others.map(({ root, route }) => `permalink: ${root} is at /${route?.folder}/, not at /${folder}/`),
  };
}

/** Whether a file there may be more than `index.md` of a post's own folder. */
const hasDeeper = (name: string, root: string): boolean => name.slice(root.length).split("/").length > 2;
