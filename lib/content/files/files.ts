/** Where the files lie that a post names: each dialect has its own rules for relative paths, and for the root. */
import type { DialectName } from "../../model.ts";
import { absoluteUrl } from "../html/urls.ts";
import { destinationsIn } from "../links/destinations.ts";
import { astroFiles, siteFiles } from "./astro.ts";
import { hexoFiles } from "./hexo.ts";
import { hugoFiles } from "./hugo.ts";
import { jekyllFiles } from "./jekyll.ts";
import type { FileRules, FilesContext } from "./types.ts";
import { zolaFiles } from "./zola.ts";

const RULES: { readonly [dialect in DialectName]?: (context: FilesContext) => FileRules } = {
  plain: siteFiles,
  hexo: hexoFiles,
  jekyll: jekyllFiles,
  hugo: hugoFiles,
  zola: zolaFiles,
  astro: astroFiles,
};

/** Where nothing is known, a path is relative to the address of the post. */
const AS_WRITTEN: FileRules = { meant: () => undefined };

export const filesOf = (dialect: DialectName, context: FilesContext): FileRules =>
  RULES[dialect]?.(context) ?? AS_WRITTEN;

/** Characters of all addresses of a text, far more than a post has. */
const MOST = 4_000_000;

/** The addresses to which a text leads as it is written, each with the one that is meant where that is another. */
export function addressesIn(
  markdown: string,
  { key, url }: Pick<FilesContext, "key" | "url">,
  { meant, mayName }: FileRules,
): readonly (readonly [address: string, meant: string])[] {
  if (!mayName?.test(markdown)) return [];
  const found = new Map<string, string>();
  let left = MOST;
  for (const { written, isPicture, isHtml } of destinationsIn(markdown, /\.mdx$/i.test(key))) {
    const naming = isPicture ? (isHtml ? "html" : "picture") : "link";
    const other = meant(written, naming);
    const address = other === undefined ? undefined : absoluteUrl(written, url);
    if (other === undefined || address === undefined || address === other || found.has(address)) continue;
    left -= address.length + other.length;
    if (left < 0) break;
    found.set(address, other);
  }
  return [...found];
}
