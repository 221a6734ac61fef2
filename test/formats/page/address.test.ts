/** Addresses as pages show them: in their own script, and in two parts of which the second always stays. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { html, sourceOf } from "../../../lib/base/html.ts";
import { inOrder, shownAddress } from "../../../lib/formats/page/address.ts";
import { anyText } from "../../support/nasty.ts";

const shown = (url: string) => {
  const { start, end } = shownAddress(url);
  return start + end;
};

test.each([
  ["https://xn--5cxq2a.example/rss.xml", "https://滴灌.example/rss.xml"],
  ["https://e.com/tags/%E7%81%8C%E6%BA%89/rss.xml", "https://e.com/tags/灌溉/rss.xml"],
  ["https://2024.e.com/a", "https://2024.e.com/a"],
  ["http://127.0.0.1:4000/a", "http://127.0.0.1:4000/a"],
  ["https://e.com:8443/%D9%85%D8%A7%D8%A1/?a=%E7%81%8C", "https://e.com:8443/ماء/?a=%E7%81%8C"],
])("%s is shown as %s", (url, text) => {
  expect(shown(url)).toBe(text);
});

test("what would hide or change an address stays encoded", () => {
  for (const escaped of [
    "%20",
    "%2F",
    "%25",
    "%3F",
    "%E2%80%AE",
    "%E2%80%8B",
    "%C2%A0",
    "%E3%80%80",
    "%E7%81",
    "%FF",
  ]) {
    expect(shown(`https://e.com/a${escaped}b`)).toBe(`https://e.com/a${escaped}b`);
  }
});

test("nor is what looks like a mark of ASCII, or like nothing, decoded", () => {
  // Fullwidth / ? # %, other slashes, dots and colons, fillers, a blank of Braille, selectors.
  for (const text of "／？＃％∕⁄⧸․∶ａ²\u3164\u2800\u034f\ufe0f\u17b4\u115f") {
    const url = `https://e.com/tags/${encodeURIComponent(text)}/rss.xml`;
    expect(shown(url)).toBe(url);
  }
  expect(shown(`https://e.com/tags/${encodeURIComponent("灌溉🌱")}/`)).toBe("https://e.com/tags/灌溉🌱/");
});

test("a host with letters of Latin beside those that look like them is shown as it is", () => {
  expect(shown("https://www.xn--pple-43d.com/")).toBe("https://www.xn--pple-43d.com/"); // with an а of Cyrillic
  expect(shown("https://www.xn--a-bga.xn--e1aybc.xn--p1ai/")).toBe("https://www.aé.тест.рф/");
  expect(shown("https://xn--blog-to9is0e.example/")).toBe("https://blog滴灌.example/");
});

test("parts that are read from right to left keep their order", () => {
  const parts = inOrder("https://e.com/categories/ماء/ري/7/rss.xml").map((part) => sourceOf(html`${part}`));
  expect(parts.join("")).toBe("https://e.com/categories/<bdi>ماء</bdi>/<bdi>ري</bdi>/7/rss.xml");
});

test("the end has as many columns as the style reserves, and wide characters take two", () => {
  expect(shownAddress("https://feeds.example.com/notes/tags/water/rss.xml").end).toBe("/water/rss.xml");
  expect(shownAddress(`https://e.com/tags/${encodeURIComponent("精准滴灌系统")}/rss.xml`).end).toBe("灌系统/rss.xml");
  expect(shownAddress(`https://e.com/${encodeURIComponent("か\u3099".repeat(20))}`).end).toBe("か\u3099".repeat(7));
});

test("whatever a channel is called, its address leads back to the real one", () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const url = `https://e.com/tags/${encodeURIComponent(name.toWellFormed())}/rss.xml`;
      expect(new URL(shown(url)).href).toBe(new URL(url).href);
    }),
  );
});
