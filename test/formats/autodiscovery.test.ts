/** `autodiscovery.html`: links for the head of a site's pages. */
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import { oneLine } from "../../lib/base/text.ts";
import type { Channel } from "../../lib/channels/types.ts";
import { renderAutodiscovery } from "../../lib/formats/autodiscovery.ts";
import { anyText } from "../support/nasty.ts";
import { FEEDS, sampleListing, sampleSite } from "./samples.ts";

type Attributes = { readonly [name: string]: string };

/** Its elements, as an HTML parser reads them. */
function elementsOf(overrides: Partial<Channel> = {}): readonly (readonly [name: string, attributes: Attributes])[] {
  const listings = [sampleListing("site", 1, overrides), sampleListing("tags/water")];
  const found: (readonly [string, Attributes])[] = [];
  const parser = new Parser(
    { onopentag: (name, attributes) => found.push([name, attributes]) },
    { decodeEntities: true },
  );
  parser.end(renderAutodiscovery({ site: sampleSite(), listings }));
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

test("autodiscovery.html has only links, whatever the title of the site", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const title = oneLine(`t${text}`);
      const elements = elementsOf({ title, formats: ["atom"] });
      expect(elements.map(([name, attributes]) => [name, attributes["title"]])).toEqual([["link", `${title} (Atom)`]]);
    }),
  );
});
