/** What a site of many posts costs: a request asks the stores as often as on a small one, but for what lists its folder of posts. */
import { expect, test } from "vitest";
import type { Grant } from "../../lib/signin/types.ts";
import { countedStore, type OperationCount } from "../../lib/stores/counted.ts";
import { memoryStores, SITE, world } from "../support/world.ts";
import { deskOn, entry, OWNER } from "./desk.ts";

const BO: Grant = { ...OWNER, role: "author", author: "bo" };
const AUTHORS = "authors: { ada: { name: Ada }, bo: { name: Bo } }\n";

async function costs(many: number): Promise<{ readonly [what: string]: readonly OperationCount[] }> {
  const posts = Array.from({ length: many }, (_, i) => [
    `posts/p${i}.md`,
    `---\ntitle: p${i}\nauthor: Ada\ndate: 2026-01-01 00:00:${String(i % 60).padStart(2, "0")}\n---\nx`,
  ]);
  posts.push(["posts/byhand.md", "---\ntitle: By hand\ndraft: true\ndate: 2026-01-01\n---\nx"]);
  const stores = memoryStores();
  const built = await world(Object.fromEntries(posts), SITE + AUTHORS, stores);
  await built.publish();
  const content = countedStore(stores.content);
  const state = countedStore(stores.state);
  const to = deskOn(built, { ...stores, content, state });
  const found: { [what: string]: readonly OperationCount[] } = {};
  const count = async (what: string, ask: () => Promise<Response>, status = 200): Promise<Response> => {
    const [a, b] = [{ ...content.operations }, { ...state.operations }];
    const answer = await ask();
    expect([what, answer.status]).toEqual([what, status]);
    const since = (now: OperationCount, then: OperationCount): OperationCount => ({
      list: now.list - then.list,
      get: now.get - then.get,
      put: now.put - then.put,
      delete: now.delete - then.delete,
    });
    found[what] = [since(content.operations, a), since(state.operations, b)];
    return answer;
  };
  const created = await count("create", () => to.json(entry({ name: ["New"], content: ["x"] })), 202);
  const url = created.headers.get("location") ?? "";
  const asked = encodeURIComponent(url);
  await count("update", () => to.json({ action: "update", url, replace: { content: ["y"] } }));
  await count("status", () => to.ask(`q=status&url=${asked}`));
  await count("source", () => to.ask(`q=source&url=${asked}`));
  await count("list", () => to.ask("q=source&limit=5"));
  await count("list of an author without posts", () => to.ask("q=source&limit=5", BO));
  const byHand = encodeURIComponent("https://example.com/2026/01/01/byhand/");
  await count("draft by hand, first", () => to.ask(`q=source&url=${byHand}`));
  await count("draft by hand", () => to.ask(`q=source&url=${byHand}`));
  await count("categories", () => to.ask("q=category"));
  return found;
}

test("the number of requests does not grow with the site", async () => {
  const [small, large] = await Promise.all([costs(10), costs(400)]);
  expect(large).toEqual(small);
  for (const what of ["create", "update", "status", "source", "draft by hand", "categories"]) {
    const [content, state] = large[what] ?? [];
    expect([what, content?.list, state?.list]).toEqual([what, 0, 0]);
    expect((content?.get ?? 99) + (state?.get ?? 99)).toBeLessThan(15);
  }
});
