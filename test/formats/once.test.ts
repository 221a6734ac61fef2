/** Each format serialises an entry once, however many documents of the site carry it. */
import { expect, test } from "vitest";
import type { Item } from "../../lib/formats/types.ts";
import type { Entry } from "../../lib/model.ts";
import { documentOf, itemOf, renderAtom, renderJson, renderRss, VIDEO } from "./documents.ts";

test.each([
  ["RSS", renderRss],
  ["Atom", renderAtom],
  ["JSON", renderJson],
] as const)("%s serialises an entry for the first document of a site, and reuses it in the others", (_, render) => {
  let reads = 0;
  const plain = itemOf({ live: "live", entry: { media: [VIDEO], image: "https://example.com/i" } });
  const counted = (entry: Entry): Entry =>
    new Proxy(entry, {
      get: (target, key) => {
        if (key === "html") reads += 1;
        return Reflect.get(target, key);
      },
    });
  const item: Item = { ...plain, entry: counted(plain.entry) };
  const first = { ...documentOf(), items: [item] };
  const written = render(first);
  const readsForFirst = reads;
  expect(readsForFirst).toBeGreaterThan(0);
  const others = [documentOf({ channel: { key: "tags/a", kind: "tags" } }), documentOf()];
  for (const other of others) expect(render({ ...other, site: first.site, items: [item] })).toBe(written);
  expect(reads).toBe(readsForFirst);

  const elsewhere = documentOf({ site: { feeds: "https://other.example.com/" } });
  expect(render({ ...elsewhere, items: [item] })).toBe(render({ ...elsewhere, items: [{ ...item }] }));
});
