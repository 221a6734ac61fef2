/** Addresses that need no parser of URLs are what it makes of them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { absoluteUrl, LINK_SCHEMES } from "../../../lib/content/html/urls.ts";

const path = fc
  .array(fc.constantFrom(..."./~-_ab1:?#&;=@", "..", "//", "./", "../", "/x", "xn--", " ", "中", "http:", "https://"), {
    maxLength: 7,
  })
  .map((pieces) => pieces.join(""));

const base = fc.oneof(
  fc.constantFrom(
    "https://a.example/2024/x/",
    "https://a.example/x?y=/z/",
    "http://a.example/",
    "https://a.example#/b/c",
  ),
  fc.constantFrom(
    "https://a.example:8080/x/",
    "https://xn--fiqs8s.example/x/y",
    "https://A.example/x",
    "https://1.2.3.4/x",
  ),
  path.map((written) => `https://a.example/${written}`),
);

test("whatever is written, beside whatever post", () => {
  fc.assert(
    fc.property(base, path, (at, written) => {
      const url = URL.parse(written, at);
      const isListed = url !== null && LINK_SCHEMES.has(url.protocol);
      expect(absoluteUrl(written, at)).toBe(isListed ? url.href : undefined);
    }),
    { numRuns: 5000 },
  );
});
