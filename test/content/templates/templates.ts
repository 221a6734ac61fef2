/** What the tests of templates share: a post of each generator, expanded. */
import {
  type Expanded,
  expandTemplates,
  type TemplateContext,
  type TemplateWarning,
} from "../../../lib/content/templates/expand.ts";
import type { DialectName } from "../../../lib/model.ts";

export const DIALECTS: readonly DialectName[] = ["plain", "hexo", "jekyll", "hugo", "astro", "eleventy"];

const POSTS: { readonly [file: string]: string } = {
  hello: "https://example.org/blog/hello/",
  "hello.md": "https://example.org/blog/hello/",
  "2014-01-05-hello": "https://example.org/blog/hello/",
  "_posts/2014-01-05-hello.md": "https://example.org/blog/hello/",
};

export const contextOf = (dialect: DialectName, own: Partial<TemplateContext> = {}): TemplateContext => ({
  dialect,
  isMdx: false,
  siteUrl: "https://example.org/blog/",
  values: new Map([
    ["title", "A title"],
    ["date", "2024-01-02"],
  ]),
  linkTo: (file) => POSTS[file],
  ...own,
});

export const expand = (dialect: DialectName, markdown: string, own?: Partial<TemplateContext>): Expanded =>
  expandTemplates(markdown, contextOf(dialect, own));

/** The text, of which all must be understood. */
export function shown(dialect: DialectName, markdown: string, own?: Partial<TemplateContext>): string {
  const { markdown: text, warnings } = expand(dialect, markdown, own);
  if (warnings.length > 0) throw new Error(`warned: ${told(warnings).join("; ")}`);
  return text;
}

export const mdx = (markdown: string): string => shown("astro", markdown, { isMdx: true });

export const told = (warnings: readonly TemplateWarning[]): readonly string[] =>
  warnings.map(({ line, message }) => `${line}: ${message}`);

export const thumbnail = (id: string, alt = "YouTube"): string =>
  `<a href="https://www.youtube.com/watch?v=${id}"><img src="https://i.ytimg.com/vi/${id}/hqdefault.jpg" alt="${alt}"></a>`;
