/** The key of `site.yaml` that was meant: a nearby one, what generators call it, or one that stands elsewhere. */
import { foldedWord, nearest } from "../../base/nearest.ts";

/** What the configurations of generators call it. */
const MEANT: { readonly [key: string]: string } = {
  url: "baseurl siteurl link domain root host website address home",
  title: "name sitename sitetitle",
  description: "subtitle tagline summary",
  language: "lang locale languagecode defaultcontentlanguage",
  timezone: "tz",
  authors: "author",
  image: "logo picture cover",
  rights: "copyright license",
  limit: "paginate perpage pagesize postsperpage count max",
  posts: "content source contentdir sourcedir input",
  accent: "color colour themecolor",
  host: "hosting deploy",
  archives: "archive",
};
const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(MEANT).flatMap(([key, names]) => names.split(" ").map((name) => [name, key] as const)),
);

/** `below`: the keys that a key of the file itself may hold. */
export function keyMeant(
  path: readonly string[],
  allowed: readonly string[],
  below: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const key = path.at(-1) ?? "";
  const near = nearest(key, allowed) ?? BY_NAME.get(foldedWord(key));
  if (near !== undefined && allowed.includes(near)) return `write ${near} instead`;
  if (path.length > 1)
    return below.has(key) ? `write it at the left margin: ${key} is a key of the file itself` : undefined;
  // Other keys have some names of kinds, too.
  const has = ([, keys]: readonly [string, readonly string[]]) => keys.includes(key);
  const [place] = [...below].filter(has).toSorted(([a], [b]) => Number(b === "kinds") - Number(a === "kinds"))[0] ?? [];
  return place === undefined ? undefined : `write it below ${place}: \`${place}: { ${key}: … }\``;
}
