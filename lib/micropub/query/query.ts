/** Queries of apps: configuration, tags and channels, the source of posts, and what became of a post (Micropub, section 3.7). */
import { answerJson } from "../../base/http/answers.ts";
import { invalid } from "../../base/http/error.ts";
import { ADDRESSES } from "../../base/writing.ts";
import { isListed } from "../../channels/listed.ts";
import type { Grant } from "../../signin/types.ts";
import type { PostsContext } from "../store/context.ts";
import { sourceOf, sourcesOf } from "./source.ts";
import { statusOf } from "./status.ts";

type Query = (context: PostsContext, asked: URLSearchParams, grant: Grant) => Response | Promise<Response>;

/** Types of posts by the names that apps have for them: https://indieweb.org/Micropub-extensions#Query_for_Supported_Vocabulary */
const TYPES = "note article photo video audio reply like repost bookmark".split(" ");

const QUERIES: ReadonlyMap<string, Query> = new Map<string, Query>([
  ["config", (context) => answerJson(200, configOf(context))],
  ["syndicate-to", () => answerJson(200, { "syndicate-to": [] })],
  ["category", (context, asked) => answerJson(200, { categories: tagsOf(context, asked.get("filter") ?? "") })],
  ["channel", (context) => answerJson(200, { channels: channelsOf(context) })],
  [
    "source",
    (context, asked, grant) => (asked.has("url") ? sourceOf(context, asked, grant) : sourcesOf(context, asked, grant)),
  ],
  ["status", statusOf],
]);

export function query(context: PostsContext, asked: URLSearchParams, grant: Grant): Response | Promise<Response> {
  const name = asked.get("q") ?? "";
  const answer = QUERIES.get(name);
  if (!answer) throw invalid(`q=${name.slice(0, 50)} is none of ${[...QUERIES.keys()].join(", ")}`);
  return answer(context, asked, grant);
}

function configOf(context: PostsContext) {
  return {
    "media-endpoint": context.origin + ADDRESSES.media,
    "syndicate-to": [],
    channels: channelsOf(context),
    "post-types": TYPES.map((type) => ({ type, name: type.charAt(0).toUpperCase() + type.slice(1) })),
    visibility: ["public", "unlisted", "private"],
    q: [...QUERIES.keys()],
  };
}

/** The tags of all posts in feeds, those that are used most first. */
function tagsOf({ records }: PostsContext, filter: string): readonly string[] {
  const wanted = filter.toLowerCase();
  return byUse(records.filter(isListed).flatMap(({ facts }) => facts.tags)).filter((tag) =>
    tag.toLowerCase().includes(wanted),
  );
}

function channelsOf({ records }: PostsContext): readonly { readonly uid: string; readonly name: string }[] {
  const paths = records.filter(isListed).flatMap(({ facts }) => facts.categories.map((path) => path.join("/")));
  return byUse(paths).map((uid) => ({ uid, name: uid.split("/").join(" / ") }));
}

function byUse(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)).map(([name]) => name);
}
