/** What the tests of templates share: a post of each generator, expanded. */
import { linkedMarkdown } from "../../../lib/content/links/marks.ts";
import { openReferences } from "../../../lib/content/links/references.ts";
import { expandTemplates } from "../../../lib/content/templates/expand.ts";
import type { Expanded, TemplateContext, TemplateWarning } from "../../../lib/content/templates/types.ts";
import type { DialectName, LinkTarget } from "../../../lib/model.ts";

export const DIALECTS: readonly DialectName[] = ["plain", "hexo", "jekyll", "hugo", "zola", "astro", "eleventy"];

/** Every generator, and MDX: a name for the test, the dialect, whether the file is MDX. */
export const everyPost: readonly (readonly [name: string, dialect: DialectName, isMdx: boolean])[] = [
  ...DIALECTS.map((dialect) => [dialect, dialect, false] as const),
  ["MDX", "astro", true],
];

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
  ...own,
});

/** With links to those posts that there are. */
export function expand(dialect: DialectName, markdown: string, own?: Partial<TemplateContext>): Expanded {
  const references = openReferences("_posts/2024-01-02-a.md");
  const refer: TemplateContext["refer"] = (reference) => references.add({ ...reference, marked: true });
  const expanded = expandTemplates(markdown, contextOf(dialect, { refer, ...own }));
  const targets = references.list().map(({ written, titled }): LinkTarget => {
    const url = POSTS[written];
    return url === undefined ? "none" : { url, ...(titled && { title: "Hello" }) };
  });
  return { ...expanded, markdown: linkedMarkdown(expanded.markdown, references.list(), targets) };
}

/** The text, of which all must be understood. */
export function shown(dialect: DialectName, markdown: string, own?: Partial<TemplateContext>): string {
  const { markdown: text, warnings } = expand(dialect, markdown, own);
  if (warnings.length > 0) throw new Error(`warned: ${messagesOf(warnings).join("; ")}`);
  return text;
}

export const mdx = (markdown: string): string => shown("astro", markdown, { isMdx: true });

export const messagesOf = (warnings: readonly TemplateWarning[]): readonly string[] =>
  warnings.map(({ line, message }) => `${line}: ${message}`);

export const thumbnail = (id: string, alt = "YouTube"): string =>
  `<a href="https://www.youtube.com/watch?v=${id}"><img src="https://i.ytimg.com/vi/${id}/hqdefault.jpg" alt="${alt}"></a>`;
