/** Small blogs of each generator: where posts are, and what the generator itself writes into its output. */

export interface Blog {
  /** The heading of its section in docs/ci.md. */
  readonly heading: string;
  readonly recipe: string;
  readonly post: string;
  readonly second: string;
  readonly output: string;
  /** Each build begins by removing what it does not write. */
  readonly clears: boolean;
  readonly pages: { readonly [path: string]: string };
  /** What its feed plugin writes, and Dripfeed replaces. */
  readonly feeds: readonly string[];
}

export const POST = "---\ntitle: The weir\ndate: 2024-03-02 08:00:00\ntags: [water]\n---\nWords on the weir.\n";

export const renamed = (post: string): string => post.replace("weir", "old-weir");

const page = (title: string) => `<!doctype html>\n<title>${title}</title>\n`;

const PAGES = { "index.html": page("Home"), "tags/water/index.html": page("water"), "css/style.css": "a {}\n" };

export const BLOGS: readonly Blog[] = [
  {
    ...{ heading: "Hexo", recipe: "docs/ci/hexo.yml", output: "public", clears: false, feeds: ["atom.xml"] },
    ...{ post: "source/_posts/weir.md", second: "source/_posts/gate.md" },
    pages: { ...PAGES, "2024/03/02/weir/index.html": page("The weir"), "archives/2024/index.html": page("2024") },
  },
  {
    ...{
      heading: "Hugo",
      recipe: "docs/ci/hugo.yml",
      output: "public",
      clears: false,
      feeds: ["index.xml", "tags/water/index.xml"],
    },
    ...{ post: "content/posts/weir.md", second: "content/posts/gate.md" },
    pages: {
      ...PAGES,
      "posts/weir/index.html": page("The weir"),
      "posts/index.xml": "<rss/>",
      "sitemap.xml": "<urlset/>",
    },
  },
  {
    ...{ heading: "Jekyll", recipe: "docs/ci/jekyll.yml", output: "_site", clears: true, feeds: ["feed.xml"] },
    ...{ post: "_posts/2024-03-02-weir.md", second: "_posts/2024-04-01-gate.md" },
    pages: { ...PAGES, "2024/03/02/weir.html": page("The weir") },
  },
  {
    ...{ heading: "Astro", recipe: "docs/ci/astro.yml", output: "dist", clears: true, feeds: ["rss.xml"] },
    ...{ post: "src/content/blog/weir.md", second: "src/content/blog/gate.md" },
    pages: { ...PAGES, "blog/weir/index.html": page("The weir"), "sitemap-index.xml": "<sitemapindex/>" },
  },
  {
    ...{ heading: "Eleventy", recipe: "docs/ci/eleventy.yml", output: "_site", clears: false, feeds: ["feed.xml"] },
    ...{ post: "content/posts/weir.md", second: "content/posts/gate.md" },
    pages: { ...PAGES, "posts/weir/index.html": page("The weir") },
  },
  {
    ...{ heading: "Without a generator", recipe: "docs/ci/plain.yml", output: "public", clears: false, feeds: [] },
    ...{ post: "posts/weir.md", second: "posts/gate.md", pages: {} },
  },
];

/** A blog of any generator, whose `npm run build` writes to public/. */
export const plainBlog = (heading: string): Blog => ({
  ...{ heading, recipe: "", output: "public", clears: false, feeds: [] },
  ...{ post: "posts/weir.md", second: "posts/gate.md", pages: PAGES },
});
