/** `autodiscovery.html`: links for the head of a site's pages. */
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import { oneLine } from "../../lib/base/text.ts";
import type { Channel } from "../../lib/channels/types.ts";
import { renderAutodiscovery } from "../../lib/formats/autodiscovery.ts";
import type { CountedListing } from "../../lib/formats/directory.ts";
import { anyText } from "../support/nasty.ts";
import { FEEDS, sampleList, sampleListing } from "./samples.ts";

type Attributes = { readonly [name: string]: string };

/** Its elements, as an HTML parser reads them. */
function elementsOf(overrides: Partial<Channel> = {}): readonly (readonly [name: string, attributes: Attributes])[] {
  return parsed([sampleListing("site", 1, overrides), sampleListing("tags/water")]);
}

const linksOf = (counted: readonly CountedListing[]) => parsed(counted).map(([, attributes]) => attributes);

function parsed(counted: readonly CountedListing[]): ReturnType<typeof elementsOf> {
  const found: (readonly [string, Attributes])[] = [];
  const parser = new Parser(
    { onopentag: (name, attributes) => found.push([name, attributes]) },
    { decodeEntities: true },
  );
  parser.end(renderAutodiscovery(sampleList("head", counted)));
  return found;
}

test("autodiscovery.html links to each of the site's feeds, with its type and title", () => {
  const link = (type: string, name: string, file: string) => {
    return ["link", { rel: "alternate", type, title: `Field notes (${name})`, href: FEEDS + file }];
  };
  expect(elementsOf()).toEqual([
    link("application/rss+xml", "RSS", "rss.xml"),
    link("application/atom+xml", "Atom", "atom.xml"),
    link("application/feed+json", "JSON Feed", "feed.json"),
  ]);
});

test("autodiscovery.html links to one feed of each language, where there are several", () => {
  const listings = ["site", "languages/en", "languages/zh-CN"].map((key) => {
    return sampleListing(key, 1, { language: key.split("/")[1] ?? "en", formats: ["json", "atom"] });
  });
  const hrefs = (shown: typeof listings) => linksOf(shown).map(({ href }) => href);
  const own = [`${FEEDS}atom.xml`, `${FEEDS}feed.json`];
  expect(hrefs(listings)).toEqual([...own, `${FEEDS}languages/en/atom.xml`, `${FEEDS}languages/zh-CN/atom.xml`]);
  expect(linksOf(listings).map(({ hreflang }) => hreflang)).toEqual([...[undefined, undefined, "en", "zh-CN"]]);
  expect(hrefs(listings.slice(0, 2))).toEqual(own);
});

test("autodiscovery.html has only links, whatever the title of the site", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const title = oneLine(`t${text}`);
      const elements = elementsOf({ title, formats: ["atom"] });
      expect(elements.map(([name, attributes]) => [name, attributes["title"]])).toEqual([["link", `${title} (Atom)`]]);
    }),
  );
});
