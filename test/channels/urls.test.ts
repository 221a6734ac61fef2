/** URLs of paths in the public store. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { publicUrl } from "../../lib/channels/urls.ts";

const site = { feeds: "https://feeds.example.com/" };

test("each part of a path is encoded, whatever it is", () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.stringMatching(/^[\w\-.!~*'()/ %?#&]*$/));
  fc.assert(
    fc.property(text, (path) => {
      fc.pre(!/(?:^|\/)index\.html$/.test(path) && path.isWellFormed());
      const url = publicUrl(path, site);
      expect(url).toBe(site.feeds + path.split("/").map(encodeURIComponent).join("/"));
    }),
  );
});

test("a folder's page is at the folder's URL", () => {
  expect(publicUrl("tags/a b/index.html", site)).toBe("https://feeds.example.com/tags/a%20b/");
  expect(publicUrl("index.html", site)).toBe("https://feeds.example.com/");
  expect(publicUrl("tags/my-index.html", site)).toBe("https://feeds.example.com/tags/my-index.html");
});
