/** Changes of posts that the server has: made once, and never over what another made meanwhile. */
import { ask, isGone, Refusal } from "../base/api.ts";
import { instantNow } from "../base/clock.ts";
import { changePost, without } from "../kept/posts.ts";
import type { KeptPost, Mf2Properties, Mf2Value } from "../kept/types.ts";
import { type Done, etagOf, source } from "./asking.ts";
import { differenceOf, isAsAsked, type PostDifference } from "./properties.ts";

type Former = NonNullable<KeptPost["former"]>;

/** A change of a post, or what is done with it as a whole. */
export async function sendChange(post: KeptPost, former: Former): Promise<Done | undefined> {
  const { url, etag, properties } = former;
  const now = instantNow();
  const difference: PostDifference | undefined = post.act ? {} : differenceOf(properties, post, now);
  if (difference === undefined) return { url };
  const before = post.tried;
  const json = post.act ? { action: post.act, url } : { action: "update", url, ...difference };
  const tried = JSON.stringify(json);
  const kept = await changePost(post.id, (each) => (each.state === "waiting" ? { ...each, tried } : undefined));
  if (!kept) return undefined;
  try {
    const headers = etag === undefined ? {} : { "if-match": etag };
    const { body, header } = await ask<Done>("micropub", { json, headers, by: post.by });
    return { url: header("location") ?? body?.url ?? url, problems: body?.problems ?? [], ...becomes(post, former) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (post.act) return heard(post, former, error);
    if (error.status !== 412) throw error;
    return sendChangeAgain(post, former, [tried, before ?? tried], error);
  }
}

/**
 * The post is another one: perhaps because the same was asked before, and heard, and the answer was lost. That need not have been here:
 * browsers ask again by themselves where a connection that was used before is cut (RFC 9112 §9.3.1).
 */
async function sendChangeAgain(
  post: KeptPost,
  { url, properties }: Former,
  asked: readonly string[],
  error: Refusal,
): Promise<Done | undefined> {
  const { body, header } = await source(url);
  const now = instantNow();
  const heard = asked
    .map((each) => JSON.parse(each) as PostDifference)
    .find((each) => isAsAsked(body.properties, each, now));
  if (!heard) throw error;
  // What is left to ask goes by what was asked before: what others changed since is not taken back.
  const made: { [name: string]: readonly Mf2Value[] } = { ...properties, ...heard.replace };
  for (const name of heard.delete ?? []) delete made[name];
  return sendChange(without(post, ["tried"]), { url, ...etagOf(header("etag")), properties: made });
}

/** Since when nobody sees it is told among its properties. */
export const isWithdrawn = (properties: Mf2Properties): boolean => properties["withdrawn"] !== undefined;

/** Whether to delete it means to be rid of it: what is published is withdrawn first. */
export const isLast = (properties: Mf2Properties): boolean =>
  isWithdrawn(properties) || properties["post-status"]?.[0] === "draft";

const becomes = ({ act }: KeptPost, { properties }: Former): { readonly status?: string } =>
  act === "delete" ? { status: isLast(properties) ? "deleted" : "withdrawn" } : {};

/** The same for what is done with a post as a whole: withdrawn twice, it would be gone for good. */
async function heard(post: KeptPost, former: Former, error: Refusal): Promise<Done> {
  const { url, properties } = former;
  if (post.act === "delete" && isGone(error)) return { url, status: "deleted" };
  if (error.status !== 412) throw error;
  const isNow = isWithdrawn((await source(url)).body.properties);
  if (isNow !== isWithdrawn(properties)) return { url, ...becomes(post, former) };
  throw new Error(words.faults.changed);
}
