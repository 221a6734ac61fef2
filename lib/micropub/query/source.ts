/** Posts as they are in their files, one or all of them, the newest first: for apps that edit. */
import { answerJson } from "../../base/http/answers.ts";
import { invalid } from "../../base/http/error.ts";
import { readMoments } from "../../content/facts/moments.ts";
import { readAuthors } from "../../content/facts/people.ts";
import { placeOf } from "../../content/facts/place.ts";
import type { PostRecord } from "../../model.ts";
import type { Grant } from "../../signin/types.ts";
import { isOwn, namesOf } from "../act/may.ts";
import { findOwn } from "../act/own.ts";
import { withdrawnAt } from "../act/withdraw.ts";
import { type PostFile, propertiesOf, readPostFile } from "../post/read.ts";
import { assertUrl } from "../request/parts.ts";
import type { Properties } from "../request/types.ts";
import type { PostsContext } from "../store/context.ts";
import { readFile, unseenKeys } from "../store/find.ts";
import { previewOf } from "../store/preview.ts";

export async function sourceOf(context: PostsContext, asked: URLSearchParams, grant: Grant): Promise<Response> {
  const { file, found } = await findOwn(context, grant, assertUrl(asked.get("url")));
  const properties = shownProperties(file, context);
  const named = [...asked.getAll("properties[]"), ...asked.getAll("properties")];
  const shown = named.length === 0 ? properties : new Map([...properties].filter(([name]) => named.includes(name)));
  const answer = { ...(named.length === 0 && { type: ["h-entry"] }), properties: Object.fromEntries(shown) };
  return answerJson(200, answer, { etag: `"${found.etag}"` });
}

/** With the time at which it was withdrawn, which an app can read and not set. */
function shownProperties(file: PostFile, { site }: PostsContext): Properties {
  const since = withdrawnAt(file, site);
  return new Map([...propertiesOf(file, site), ...(since === undefined ? [] : [["withdrawn", [since]] as const])]);
}

const USUAL = 20;
const MOST = 100;
/** How many files that no run has seen are read for the list. */
const MOST_UNSEEN = 200;

interface Listed {
  readonly key: string;
  /** By which the list is ordered. */
  readonly published: string;
  readonly record?: PostRecord | undefined;
}

/** https://indieweb.org/Micropub-extensions#Query_for_Post_List */
export async function sourcesOf(context: PostsContext, asked: URLSearchParams, grant: Grant): Promise<Response> {
  const limit = Math.min(Math.max(Number(asked.get("limit") ?? USUAL) || USUAL, 1), MOST);
  const after = asked.get("after");
  const all = await listed(context);
  const from = after === null ? 0 : all.findIndex((each) => placeIn(each) === after) + 1;
  if (after !== null && from === 0)
    throw invalid("`after` is none of this list, which has changed: ask for its beginning");
  const items: unknown[] = [];
  let at = from;
  for (; at < all.length && items.length < limit; at++) {
    const each = all[at];
    const item = each && (await itemOf(context, each, grant));
    if (item) items.push(item);
  }
  const last = all[at - 1];
  return answerJson(200, { items, paging: at < all.length && last ? { after: placeIn(last) } : {} });
}

const placeIn = ({ published, key }: Listed): string => Buffer.from(`${published} ${key}`).toString("base64url");

async function listed(context: PostsContext): Promise<readonly Listed[]> {
  const unseen = await unseenKeys(context);
  const read = await Promise.all(
    unseen.slice(0, MOST_UNSEEN).map(async (key) => ({ key, published: await publishedOf(context, key) })),
  );
  const others = new Set(unseen);
  const known = context.records.flatMap(({ key, facts, ...record }) =>
    facts && !others.has(key) ? [{ key, published: facts.published, record: { key, facts, ...record } }] : [],
  );
  return [...read, ...known].sort((a, b) =>
    a.published === b.published ? (a.key < b.key ? -1 : 1) : a.published < b.published ? 1 : -1,
  );
}

async function publishedOf({ content, site }: PostsContext, key: string): Promise<string> {
  const file = await readFile(content, key);
  const post = file && readable(key, file.bytes, site);
  return (post && readMoments(post.fields, placeOf(key, site), site, {}, () => undefined).published) ?? "";
}

function readable(key: string, bytes: Uint8Array, site: PostsContext["site"]): PostFile | undefined {
  try {
    return readPostFile(key, bytes, site);
  } catch {
    return undefined;
  }
}

/** Posts of others are left out, unless an owner asks; where the last run tells whose a post is, its file is not read for that. */
async function itemOf(context: PostsContext, { key, record }: Listed, grant: Grant): Promise<unknown> {
  const { content, site } = context;
  if (record?.facts && !isOwn(grant, record.facts.authors, site)) return undefined;
  const file = await readFile(content, key);
  const post = file && readable(key, file.bytes, site);
  if (!file || !post) return undefined;
  if (!record && !isOwn(grant, namesOf(readAuthors(post.fields, site, post.dialect)), site)) return undefined;
  const isAsKnown = record?.etag === file.etag;
  const url = isAsKnown ? record.facts?.url : (await previewOf(context, key, file.bytes)).post?.url;
  const properties = {
    ...Object.fromEntries(shownProperties(post, context)),
    ...(url !== undefined && { url: [url] }),
  };
  return { type: ["h-entry"], properties };
}
