/** Where Hugo's files lie. */
import { describe, expect, test } from "vitest";
import { published, type Written } from "./files.ts";

const SITE = { dialect: "hugo", permalink: "/:sections/:slugorfilename/", languages: ["en", "fr"] } as const;
const hugo = (written: Omit<Written, "site">) => published({ site: SITE, ...written });

const INDEX = "---\ntitle: A\ndate: 2024-10-15\n---\n";

describe("the translations of a bundle share its files", () => {
  const beside = { "content/posts/a/index.md": INDEX, "content/posts/a/pic.png": "" };

  test("which are below the address of the post in the site's language", () => {
    const body = "![](pic.png) ![](./pic.png) [x](pic.png) ![](none.png) [p](other)";
    const { url, image, addresses } = hugo({
      key: "content/posts/a/index.fr.md",
      front: "image: pic.png",
      body,
      beside,
    });
    expect(url).toBe("https://example.org/fr/posts/a/");
    expect(image).toBe("https://example.org/posts/a/pic.png");
    const paths = ["posts/a/pic.png", "posts/a/pic.png", "posts/a/pic.png", "fr/posts/a/none.png", "fr/posts/a/other"];
    expect(addresses).toEqual(paths.map((path) => `https://example.org/${path}`));
  });

  test("where each language has a folder, too", () => {
    const others = {
      "content/en/posts/a/index.md": INDEX,
      "content/en/posts/a/pic.png": "",
      "content/fr/posts/a/own.png": "",
    };
    const { addresses } = hugo({
      key: "content/fr/posts/a/index.md",
      body: "![](pic.png) ![](own.png)",
      beside: others,
    });
    expect(addresses).toEqual(["https://example.org/posts/a/pic.png", "https://example.org/fr/posts/a/own.png"]);
  });

  test.each([
    ["an address", "url: /elsewhere/", "elsewhere/pic.png"],
    ["a slug", "slug: b", "posts/b/pic.png"],
    ["a draft, which has none", "draft: true", "fr/posts/a/pic.png"],
  ])("where that post has %s", (_, line, path) => {
    const { addresses } = hugo({
      key: "content/posts/a/index.fr.md",
      body: "![](pic.png) ![](./pic.png)",
      beside: { ...beside, "content/posts/a/index.md": INDEX.replace("title: A", `title: A\n${line}`) },
    });
    expect(addresses).toEqual([`https://example.org/${path}`, `https://example.org/${path}`]);
  });

  test("not where there is no post in the site's language, or it is that post", () => {
    const alone = hugo({
      key: "content/posts/a/index.fr.md",
      body: "![](pic.png)",
      beside: ["content/posts/a/pic.png"],
    });
    expect(alone.addresses).toEqual(["https://example.org/fr/posts/a/pic.png"]);
    const own = hugo({ key: "content/posts/a/index.md", body: "![](pic.png)", beside });
    expect(own.addresses).toEqual(["https://example.org/posts/a/pic.png"]);
    expect(own.deps.filter((dep) => dep.endsWith("pic.png"))).toEqual([]);
  });
});

test.each([
  ["content/posts/a.md", "image: img/c.png", ["static/img/c.png"], "img/c.png"],
  ["content/posts/a.md", "image: img/c.png", ["assets/img/c.png"], "img/c.png"],
  ["docs/content/posts/a.md", "image: img/c.png", ["docs/static/img/c.png"], "img/c.png"],
  ["content/posts/a/index.md", "image: c.png", ["content/posts/a/c.png", "static/c.png"], "posts/a/c.png"],
  ["content/posts/a/index.md", "image: c.png", ["static/c.png"], "c.png"],
  ["content/posts/a/index.md", "image: c.png", [], "posts/a/c.png"],
  ["content/posts/a.md", "image: /c.png", [], "c.png"],
] as const)("the picture of %s by %s beside %j is at %s", (key, front, beside, path) => {
  const posts = ["content/**", "docs/content/**"];
  const { image } = published({ key, site: { ...SITE, posts }, front, beside });
  expect(image).toBe(`https://example.org/${path}`);
});
