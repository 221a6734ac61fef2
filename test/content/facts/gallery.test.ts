import { expect, test } from "vitest";
import { postWith, siteOf } from "../helpers.ts";

const site = siteOf({ dialect: "jekyll" });

test("pictures that the front matter lists are shown where the text includes a gallery", () => {
  const front =
    "gallery:\n  - url: /a.jpg\n    image_path: /a-th.jpg\n    alt: one\n  - /b.jpg\n  - image_path: /c.jpg\n    title: c\nother: [/d.jpg]";
  const { markdown } = postWith(front, {
    site,
    body: '{% include gallery caption="A *b*" %}\n\n{% include gallery id="other" %}\n',
  });
  expect(markdown).toContain('<a href="/a.jpg"><img src="/a-th.jpg" alt="one"></a>\n<img src="/b.jpg" alt="">\n');
  expect(markdown).toContain('<img src="/c.jpg" alt="" title="c">\n<figcaption>\n\nA *b*\n\n</figcaption>');
  expect(markdown).toContain('<figure><img src="/d.jpg" alt=""></figure>');
});

test("there is none without pictures", () => {
  const front = "gallery: a\nempty: []\nodd: [{ x: y }, ~]";
  const body = ["gallery", "empty", "odd", "none"].map((id) => `{% include gallery id="${id}" %}\n`).join("");
  expect(postWith(front, { site, body }).markdown.trim()).toBe("");
});
