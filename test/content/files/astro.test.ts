/** Where the files lie that Astro's aliases name. */
import { describe, expect, test } from "vitest";
import { published, type Written } from "./files.ts";

const KEY = "src/content/blog/a.md";
const SITE = { dialect: "astro", permalink: "/blog/:slug/" } as const;
const astro = (written: Partial<Written>) => published({ key: KEY, site: SITE, ...written });

describe("an alias is the source folder", () => {
  test.each([
    ["![](@/assets/y.png)", "assets/y.png"],
    ["![](~/assets/y.png)", "assets/y.png"],
    ["![](@assets/y.png)", "assets/y.png"],
    ["![](src/assets/y.png)", "assets/y.png"],
    ["![](/src/assets/y.png)", "assets/y.png"],
    ["![](../../assets/y.png)", "assets/y.png"],
    ["[x](~/assets/y.pdf)", "assets/y.pdf"],
    ['<img src="@/assets/y.png">', "assets/y.png"],
    ["![](@site/static/img/y.png)", "img/y.png"],
    ["![](./y.png)", "blog/a/y.png"],
    ["[x](@/pages/y)", "y"],
    ["[x](@/pages/y/?a#b)", "y/?a#b"],
    ["[x](~/pages/blog/y.astro)", "blog/y"],
    ["[x](@/pages/index.astro)", ""],
    ["[x](@/content/blog/y)", "blog/y"],
    ["[x](@/y)", "y"],
    ['<a href="@/pages/y">x</a>', "y"],
    ["[x](@ann)", "blog/a/@ann"],
    ["![](https://example.org/@ann/y.png)", "@ann/y.png"],
  ])("%s is at %s", (body, path) => expect(astro({ body }).addresses).toEqual([`https://example.org/${path}`]));

  test.each([
    ["![](@site/static/img/y.png)", "img/y.png"],
    ['<img src="@site/static/img/y.png">', "img/y.png"],
    ["![](pathname:///img/y.png)", "img/y.png"],
    ["[x](pathname:///y?a#b)", "y?a#b"],
    ["<img src={require('@site/static/img/y.png').default} alt='z'/>", "img/y.png", "posts/a.mdx"],
    ["import y from '@site/static/img/y.png'\n\n<img src={y} />", "img/y.png", "posts/a.mdx"],
  ])("of Docusaurus, which has no dialect: %s", (body, path, key = "posts/a.md") =>
    expect(published({ key, body }).addresses).toEqual([`https://example.org/${path}`]),
  );

  test("in a component of MDX, and in front matter", () => {
    const body =
      'import y from "~/assets/z.png"\n\n<Image src="@/assets/y.png" alt="y" />\n\n<Image src={y} alt="z" />';
    expect(astro({ key: "src/content/blog/a.mdx", body }).addresses).toEqual([
      "https://example.org/assets/y.png",
      "https://example.org/assets/z.png",
    ]);
    expect(astro({ front: 'socialImage: "@/assets/y.png"' }).image).toBe("https://example.org/assets/y.png");
  });

  test("unless a folder is really called so", () => {
    const { addresses } = astro({ body: "![](~/y.png) ![](@/y.png)", beside: ["src/content/blog/~/y.png"] });
    expect(addresses).toEqual(["https://example.org/blog/a/~/y.png", "https://example.org/y.png"]);
  });

  test("and what is read in no other dialect", () => {
    const { addresses } = published({ key: "posts/a.md", body: "![](~/y.png)" });
    expect(addresses).toEqual(["https://example.org/2024/10/15/a/~/y.png"]);
  });
});

test("of a picture in two shades the light one is shown", () => {
  expect(astro({ front: "cover:\n  light: ./l.png\n  dark: ./d.png" }).image).toBe("https://example.org/blog/a/l.png");
});

test("nothing is looked up where no alias is", () => {
  expect(astro({ body: "![](./a.png) [b](../b) <c@example.org>" }).deps).toEqual([]);
});
