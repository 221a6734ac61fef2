/** The fake's Micropub: posts in memory. A post is published a moment after it was made. */
import { createHash } from "node:crypto";
import { type Asked, type Fake, type FakeAnswer, type FakePart, type FakePost, refused } from "./types.ts";

const MOMENT = 1500;

export const etagOf = (post: FakePost): string =>
  `"${createHash("sha256").update(JSON.stringify(post)).digest("hex").slice(0, 12)}"`;

const missing = refused(404, "not_found", "there is no such post");

export function fakePosts(fake: Fake): FakePart {
  const { posts, state } = fake;
  const created = new Map<string, string>();

  const publishSoon = (url: string) =>
    setTimeout(() => {
      const post = posts.get(url);
      if (post?.status !== "waiting") return;
      const { withdrawn, published: [at] = [], "post-status": [status] = [] } = post.properties;
      const isFuture = Date.parse(String(at)) > Date.now();
      const shown = isFuture ? "future" : "published";
      posts.set(url, { ...post, status: withdrawn ? "withdrawn" : status === "draft" ? "draft" : shown });
    }, MOMENT);

  const create = ({ json, headers }: Asked): FakeAnswer => {
    const { properties = {} } = json;
    if (properties["name"]?.[0] === "refused")
      return refused(400, "invalid_request", "The title is not allowed: choose another.");
    const key = String(headers["idempotency-key"]);
    const url = created.get(key) ?? `https://example.com/posts/${posts.size + 1}/`;
    if (!created.has(key)) posts.set(url, { properties, status: "waiting" });
    created.set(key, url);
    publishSoon(url);
    return { status: 202, json: { url, key: "posts/x.md", problems: state.problems }, headers: { location: url } };
  };

  const change = ({ json, headers }: Asked): FakeAnswer => {
    const { url = "", action, delete: gone = [], replace = {} } = json;
    const post = posts.get(url);
    if (!post) return missing;
    const known = headers["if-match"];
    if (known !== undefined && known !== etagOf(post))
      return refused(412, "changed", "the post is another one by now: read it again");
    const kept = Object.entries(post.properties).filter(([name]) => !gone.includes(name) && name !== "withdrawn");
    const withdrawn = action === "delete" ? { withdrawn: ["2026-06-01T12:00:00Z"] } : {};
    // As the real one: a draft, and what is withdrawn already, is deleted for good, and no run has seen what was changed just now.
    if (action === "delete" && (post.properties["withdrawn"] || post.properties["post-status"]?.[0] === "draft"))
      posts.delete(url);
    else posts.set(url, { properties: { ...Object.fromEntries(kept), ...replace, ...withdrawn }, status: "waiting" });
    publishSoon(url);
    return { status: 200, json: { url, problems: [] } };
  };

  return (asked) => {
    if (asked.path === "check") return { status: 200, json: { problems: state.problems } };
    if (!asked.path.startsWith("micropub")) return undefined;
    if (asked.method === "GET") return query(fake, new URLSearchParams(asked.path.split("?")[1]));
    const answer = asked.json.action === undefined ? create(asked) : change(asked);
    if (state.silent === 0) return answer;
    state.silent--;
    return "cut";
  };
}

function query({ posts }: Fake, asked: URLSearchParams): FakeAnswer {
  const [what, url] = [asked.get("q"), asked.get("url")];
  if (what === "category") return { status: 200, json: { categories: ["water", "soil", "melons"] } };
  if (url === null)
    return list([...posts].reverse(), Number(asked.get("after") ?? 0), Number(asked.get("limit") ?? 20));
  const post = posts.get(url);
  if (!post) return missing;
  if (what === "status") return { status: 200, json: { status: post.status, problems: [] } };
  return { status: 200, json: { type: ["h-entry"], properties: post.properties }, headers: { etag: etagOf(post) } };
}

function list(all: readonly (readonly [string, FakePost])[], after: number, limit: number): FakeAnswer {
  const items = all.slice(after, after + limit).map(([url, { properties }]) => {
    return { type: ["h-entry"], properties: { ...properties, url: [url] } };
  });
  const paging = after + limit < all.length ? { after: String(after + limit) } : {};
  return { status: 200, json: { items, paging } };
}
