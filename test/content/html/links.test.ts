import { expect, test } from "vitest";
import { makeFeedSafe, throughTree } from "../../../lib/content/html/html.ts";

const BASE = "https://weir.example/p/";

test.each([
  ['<div><a href="https://river.example/x" data-card="1"></a></div>', "river.example"],
  ['<div><div><a href="/x/"> </a></div></div>', "weir.example"],
  ['<p><a href="https://river.example/map.pdf"></a></p>', "map.pdf"],
  ['<div><a href="https://river.example/x" title="The gate"><i></i></a></div>', "The gate"],
])("a link alone in its block that shows nothing shows where it leads: %s", (html, words) => {
  const safe = makeFeedSafe(html, BASE);
  expect(safe.html).toContain(`>${words}</a>`);
  expect(safe.lead).toBe("");
  expect(makeFeedSafe(safe.html, BASE).html).toBe(safe.html);
});

test.each([
  '<p>See <a href="https://river.example/x"></a></p>',
  '<p><a href="#gate"></a></p>',
  '<div><a href="https://river.example/x"><img src="https://river.example/a.png"></a></div>',
  '<div><a href="https://river.example/x"></a><a href="https://river.example/y">y</a></div>',
])("others stay as they are: %s", (html) => {
  expect(makeFeedSafe(html, BASE).html).toBe(html.replace('"#gate"', `"${BASE}#gate"`));
  expect(throughTree(html, BASE)).toEqual(makeFeedSafe(html, BASE));
});
