/** What is wrong with a post: what this page sees, and what the server says. */
import { ask } from "../../base/api.ts";
import { instantNow } from "../../base/clock.ts";
import type { KeptPost, ShownProblem } from "../../kept/types.ts";
import { differenceOf, propertiesOf } from "../../sending/properties.ts";

/** What keeps it from being sent, if anything. */
export function missingIn(post: KeptPost): string | undefined {
  const { kind, link, live, when, at } = post;
  const isLink = (url: string) => /^https?:\/\//.test(url.trim()) && URL.canParse(url.trim());
  if (kind === "link" && !isLink(link)) return words.needsLink;
  if (live && !isLink(live.url)) return words.needsLink;
  if (live?.recording && !isLink(live.recording)) return words.needsLink;
  if (when === "later" && at === "") return words.needsTime;
  if (live?.status === "pending" && live.start === "") return words.needsTime;
  return isEmpty(post) ? words.needsSomething : undefined;
}

/** Nothing was written, or all of it deleted again. */
export const isEmpty = ({ title, text, media, link, live, former }: KeptPost): boolean =>
  [title, text, link, live?.url ?? "", live?.recording ?? ""].every((each) => each.trim() === "") &&
  media.length === 0 &&
  !former;

/** As the server would say them, without writing anything. Files that it does not have yet are left out. */
export async function problemsOf(post: KeptPost): Promise<readonly ShownProblem[]> {
  const now = instantNow();
  const sent = { ...post, media: post.media.filter(({ url }) => url !== undefined) };
  const json = post.former
    ? { action: "update", url: post.former.url, ...differenceOf(post.former.properties, sent, now) }
    : { type: ["h-entry"], properties: propertiesOf(sent, now) };
  return (await ask<{ readonly problems: readonly ShownProblem[] }>("check", { json, by: post.by })).body.problems;
}
