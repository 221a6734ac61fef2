/** Sends the kept posts that wait, one after the other, in one tab alone, as soon as there is a network. */
import { isOfAnother, isPassing, isSignedOut, Refusal } from "../base/api.ts";
import { isHeard } from "../base/clock.ts";
import { faultOf } from "../base/faults.ts";
import { askWho, expire, isMine, isSignedIn } from "../kept/person.ts";
import { changePost, keptPosts, onChange, tell, tidy } from "../kept/posts.ts";
import type { KeptPost } from "../kept/types.ts";
import { sendPost } from "./posting.ts";

/** Seconds until the next try: 2, 4, 8 … 120. */
const delayOf = (tries: number): number => Math.min(120, 2 ** tries);

const shares = new Map<string, number>();

/** How much of a post's files has been sent, from 0 to 1; nothing, if it is not being sent by this tab. */
export const shareOf = (id: string): number | undefined => shares.get(id);

const stuck = new Set<string>();

/** The phone has no room to keep even what becomes of it, and so it is not sent. */
export const isStuck = (id: string): boolean => stuck.has(id);

const watchers = new Set<(id: string) => void>();

export function onProgress(watcher: (id: string) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Begins now; later as the phone finds its network, is looked at, or a post is added. */
let isOpen = false;

export function openSender(): void {
  if (isOpen) return void hurry();
  isOpen = true;
  const again = () => void hurry();
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) again();
  });
  onChange(() => void wake());
  again();
}

/** Whatever waits for its next try is to be tried now. */
let isHurried = false;

export async function hurry(): Promise<void> {
  // Another tab may have signed in meanwhile.
  if (!isHeard() || !isSignedIn()) await askWho();
  isHurried = true;
  await wake();
}

let isAwake = false;
let alarm = 0;

async function wake(): Promise<void> {
  if (isAwake) return;
  isAwake = true;
  try {
    // The tab that has the lock sends; the others wait for it, and send what is left when it is closed.
    await navigator.locks.request("dripfeed-send", drain);
  } finally {
    isAwake = false;
  }
  const next = Math.min(...(await waiting()).map((post) => (isHurried ? 0 : (post.next ?? 0))));
  clearTimeout(alarm);
  if (Number.isFinite(next) && isSignedIn() && navigator.onLine)
    alarm = setTimeout(() => void wake(), Math.max(1000, next - Date.now()));
}

const waiting = async (): Promise<readonly KeptPost[]> =>
  (await keptPosts()).filter((post) => post.state === "waiting" && isMine(post)).reverse();

async function drain(): Promise<void> {
  const [tried, isEach] = [new Set<string>(), isHurried];
  isHurried = false;
  while (isSignedIn() && navigator.onLine) {
    const due = (await waiting()).find(({ id, next }) => !tried.has(id) && (isEach || (next ?? 0) <= Date.now()));
    if (!due) return;
    tried.add(due.id);
    await send(due);
  }
}

async function send({ id }: KeptPost): Promise<void> {
  const progress = (share: number) => {
    shares.set(id, share);
    for (const watcher of watchers) watcher(id);
  };
  try {
    stuck.delete(id);
    progress(0);
    if (await sendPost(id, progress)) await tidy();
  } catch (error) {
    await note(id, error).catch(() => stuck.add(id));
  } finally {
    shares.delete(id);
    tell();
  }
}

async function note(id: string, error: unknown): Promise<void> {
  if (isSignedOut(error)) return expire();
  // Somebody else signed in in another tab: the post waits for whose it is.
  if (isOfAnother(error)) await askWho();
  const fault = isOfAnother(error) ? undefined : faultOf(error);
  const isChanged = error instanceof Refusal && error.status === 412;
  await changePost(id, (post) => {
    if (post.state !== "waiting") return undefined;
    if (isChanged) return { ...post, state: "changed" };
    if (fault && !isPassing(error)) return { ...post, state: "failed", fault };
    const tries = post.tries + 1;
    const wait = error instanceof Refusal ? Math.max(error.after ?? 0, delayOf(tries)) : delayOf(tries);
    return { ...post, tries, next: Date.now() + wait * 1000, ...(fault ? { fault } : {}) };
  });
}
