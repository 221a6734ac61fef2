/** Asks a few times what became of a post, since publishing takes a moment. */

import { isGone } from "../base/api.ts";
import { isMine, isSignedIn } from "../kept/person.ts";
import { changePost, keptPosts } from "../kept/posts.ts";
import { askStatus, type ShownStatus } from "../sending/asking.ts";

/** Seconds between them. */
const PAUSES = [1, 3, 6, 12, 24, 48, 96];

/** Whether it may be another soon. */
const isOpen = (status: string | undefined): boolean => status === undefined || status === "waiting";

/** Calls `look` until it says that it has seen enough, or is ended. */
export function repeat(look: () => Promise<boolean>): () => void {
  let timer = 0;
  let turn = 0;
  const next = () => {
    const pause = PAUSES[turn++];
    if (pause === undefined) return;
    timer = setTimeout(async () => {
      // Whoever comes back to the page soon sees what became of it.
      if (document.hidden) turn = 1;
      if (document.hidden || !(await look().catch(() => false))) next();
    }, pause * 1000);
  };
  next();
  return () => {
    clearTimeout(timer);
    turn = PAUSES.length;
  };
}

/** Somebody deleted it meanwhile. */
function ifGone(error: unknown): ShownStatus {
  if (isGone(error)) return { status: "deleted" };
  throw error;
}

/** It is noted, too, for what was sent of the post and not settled. */
export async function statusOf(url: string): Promise<ShownStatus> {
  const found = await askStatus(url).catch(ifGone);
  const { status, problems = [] } = found;
  for (const { id } of (await keptPosts()).filter((post) => post.state === "sent" && post.url === url))
    await changePost(id, (post) =>
      isOpen(post.status) && post.status !== status ? { ...post, status, problems } : undefined,
    );
  return found;
}

/** Of the posts that were sent lately. */
export function watchStatus(): () => void {
  return repeat(async () => {
    const sent = (await keptPosts()).filter((post) => post.state === "sent" && isMine(post));
    const open = sent.filter(({ status, url }) => url !== undefined && isOpen(status));
    for (const { url = "" } of isSignedIn() ? open : []) await statusOf(url);
    return false; // another may be sent meanwhile
  });
}

export const isSettled = (status: string): boolean => !isOpen(status);
