/** Where the files lie that Zola's texts name by `@/`. */
import { describe, expect, test } from "vitest";
import { published, type Written } from "./files.ts";

const SITE = { dialect: "zola", permalink: "/:sections/:slug/" } as const;
const zola = (written: Partial<Written>) => published({ key: "content/blog/a.md", site: SITE, ...written });
const page = (...lines: readonly string[]) => `+++\ntitle = "B"\ndate = 2024-10-15\n${lines.join("\n")}\n+++\nText\n`;

describe("a file in the content folder is", () => {
  test.each([
    ["below its section", "![](@/blog/pic.png)", {}, "blog/pic.png"],
    ["below a section in other letters", "![](@/My%20Notes/Pic.png)", {}, "my-notes/Pic.png"],
    ["at the top", "[x](@/doc.pdf#page=2)", {}, "doc.pdf#page=2"],
    ["beside its page", "![](@/blog/b/pic.png)", { "content/blog/b/index.md": page() }, "blog/b/pic.png"],
    [
      "below its page",
      "![](@/blog/b/img/pic.png)",
      { "content/blog/b/index.md": page('slug = "c"') },
      "blog/c/img/pic.png",
    ],
    [
      "where its page says",
      "![](@/blog/b/pic.png)",
      { "content/blog/b/index.md": page('path = "x/y"') },
      "x/y/pic.png",
    ],
    [
      "below the section of a draft",
      "![](@/blog/b/pic.png)",
      { "content/blog/b/index.md": page("draft = true") },
      "blog/b/pic.png",
    ],
    ["in HTML", '<img src="@/blog/pic.png">', {}, "blog/pic.png"],
    ["not above the content folder", "![](@/../../pic.png)", {}, "pic.png"],
  ] as const)("%s", (_, body, beside, path) => {
    expect(zola({ body, beside }).addresses).toEqual([`https://example.org/${path}`]);
  });

  test("beside the post itself, whose address is known", () => {
    const { addresses, deps } = zola({
      key: "content/blog/b/index.md",
      front: "slug: c",
      body: "![](@/blog/b/pic.png) ![](pic.png)",
    });
    expect(addresses).toEqual(["https://example.org/blog/c/pic.png", "https://example.org/blog/c/pic.png"]);
    expect(deps).not.toContain("content/blog/b/index.md");
  });

  test("read again when its page comes", () => {
    expect(zola({ body: "![](@/blog/b/pic.png)" }).deps).toContain("content/blog/b/index.md");
  });
});

test("a picture of the front matter is found so, too", () => {
  const beside = { "content/blog/b/index.md": page('slug = "c"') };
  expect(zola({ front: "image: '@/blog/b/pic.png'", beside }).image).toBe("https://example.org/blog/c/pic.png");
});

test("of two pages that name files of each other, both are read", () => {
  const other = page().replace("Text", "![](@/blog/a/pic.png)");
  const { addresses } = zola({
    key: "content/blog/a/index.md",
    body: "![](@/blog/b/pic.png)",
    beside: { "content/blog/b/index.md": other },
  });
  expect(addresses).toEqual(["https://example.org/blog/b/pic.png"]);
});

test("other paths stay, and nothing is looked up for them", () => {
  const { addresses, deps } = zola({ body: "![](pic.png) ![](/b/pic.png) <c@/d>" });
  expect(addresses).toEqual(["https://example.org/blog/a/pic.png", "https://example.org/b/pic.png"]);
  expect(deps.filter((dep) => dep.endsWith("index.md") && !dep.endsWith("_index.md"))).toEqual([]);
});
