/** Which channels a post belongs to. */
import { expect, test } from "vitest";
import { membershipOf } from "../../lib/channels/membership.ts";
import { FIXED_KINDS } from "../../lib/site/kinds.ts";
import { siteOf } from "../content/helpers.ts";
import { listedOf } from "./records.ts";

test("posts that name a channel alike share what is kept of it, however many they are", () => {
  const rule = { limit: { entries: 20 }, content: "full" as const, formats: [] };
  const kinds = Object.fromEntries(FIXED_KINDS.map((kind) => [kind, { ...rule, path: kind }]));
  const membership = membershipOf(siteOf({ kinds }));
  const posts = Array.from({ length: 1000 }, (_, i) => ({
    tags: ["tea", i % 2 ? "Green Tea" : "green tea"],
    categories: [["Drinks", "Hot"]],
    id: `${i}`,
  }));
  const all = posts.map(({ id, ...facts }) => membership(listedOf(id, facts).facts));
  expect(all[0]?.map(({ key, name }) => [key, ...name])).toEqual([
    ["tags/tea", "tea"],
    ["tags/green-tea", "green tea"],
    ["categories/drinks", "Drinks"],
    ["categories/drinks/hot", "Drinks", "Hot"],
    ["languages/en", "en"],
  ]);
  expect(all[1]?.[1]?.name).toEqual(["Green Tea"]);
  expect(new Set(all.flat()).size).toBe(6);
});
