/** Addresses as pages show them: in their own script, and in two parts of which the second always stays. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { shownAddress } from "../../../lib/formats/page/address.ts";
import { anyText } from "../../support/nasty.ts";

const shown = (url: string) => {
  const { start, end } = shownAddress(url);
  return start + end;
};

test.each([
  ["https://xn--5cxq2a.example/rss.xml", "https://滴灌.example/rss.xml"],
  ["https://e.com/tags/%E7%81%8C%E6%BA%89/rss.xml", "https://e.com/tags/灌溉/rss.xml"],
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
