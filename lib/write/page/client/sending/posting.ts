/** Sends a kept post: first its files, then one request, which the server does once however often it is asked. */
import { ask, isPassing, isSignedOut, NoAnswer } from "../base/api.ts";
import { instantNow } from "../base/clock.ts";
import { filled } from "../base/data.ts";
import { faultOf } from "../base/faults.ts";
import { changePost, dropFiles, fileAt, postAt, without } from "../kept/posts.ts";
import type { KeptPost, Mf2Properties, PostMedia, ShownProblem } from "../kept/types.ts";
import { mediumFault } from "../media/faults.ts";
import { madeReady } from "../media/ready.ts";
import type { Done } from "./asking.ts";
import { sendChange } from "./changes.ts";
import { differenceOf, propertiesOf } from "./properties.ts";
import { Expired, upload, uploadAtOnce } from "./upload.ts";

/** `true` once the server has it; `false` if its author took it back meanwhile. */
export async function sendPost(id: string, progress: (done: number) => void): Promise<boolean> {
  if (!(await sendMedia(id, progress))) return false;
  const post = await postAt(id);
  if (post?.state !== "waiting") return false;
  const done = post.former ? await sendChange(post, post.former) : await sendNew(post);
  if (done === undefined) return false;
  // Its author may have taken it back while it was asked for: what was asked is kept, and counts when it is sent again.
  const sent = await changePost(id, (now) => {
    if (now.state !== "waiting") return undefined;
    const rest = without(now, ["tried", "triedAt", "next", "fault", "status"]);
    return { ...rest, problems: [], ...done, state: "sent", sent: Date.now(), tries: 0 };
  });
  if (!sent) return false;
  await dropFiles(post.media);
  return true;
}

async function sendMedia(id: string, progress: (done: number) => void): Promise<boolean> {
  const post = await postAt(id);
  if (!post) return false;
  const total = post.media.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  for (const chosen of post.media) {
    const medium = await readyMedium(id, chosen);
    const done = (part: number) => progress(total === 0 ? 0 : (before + part * medium.size) / total);
    if (!(await sendMedium(post, medium, done))) return false;
    before += medium.size;
    done(0);
  }
  return true;
}

/** What is sent while a file is still made ready waits for it; one that cannot be sent needs its author. */
async function readyMedium(id: string, medium: PostMedia): Promise<PostMedia> {
  const change = medium.state === "preparing" ? await madeReady(medium) : {};
  const ready = { ...medium, ...change };
  if (medium.state) await changeMedium(id, medium, change);
  const fault = mediumFault(ready);
  if (fault !== undefined) throw new Error(fault);
  return ready;
}

const changeMedium = (id: string, { id: file }: PostMedia, change: Partial<PostMedia>) =>
  changePost(id, (post) => ({
    ...post,
    media: post.media.map((each) => (each.id === file ? { ...each, ...change } : each)),
  }));

/** Its poster last: that of a video that is refused would stay on the server for nothing. */
async function sendMedium(
  { id, by }: Pick<KeptPost, "id" | "by">,
  medium: PostMedia,
  progress: (done: number) => void,
): Promise<boolean> {
  const edit = (change: Partial<PostMedia>) => changeMedium(id, medium, change);
  const isMeant = async () => (await postAt(id))?.state === "waiting";
  if (medium.url === undefined) {
    const blob = await fileAt(medium.id);
    if (!blob) throw new Error(filled(words.fileGone, { name: medium.name }));
    const { name, type, upload: begun } = medium;
    try {
      const url = await upload({
        ...{ blob, by, name, type, begun, progress, isMeant },
        keep: async (started) => void (await edit({ upload: started })),
      });
      if (url === undefined) return false;
      await edit({ url });
    } catch (error) {
      const { code } = faultOf(error);
      if (code === "unsupported_type") throw new Error(filled(words.unreadable, { name }));
      if (code === "too_large") throw new Error(`${name}: ${words.faults.too_large}`);
      if (!(error instanceof Expired)) throw error;
      await edit({ upload: undefined });
      // Begun anew a little later: not at once, without end.
      throw new NoAnswer();
    }
  }
  if (medium.poster !== undefined && medium.posterUrl === undefined && (await isMeant())) {
    const blob = await fileAt(medium.poster);
    if (blob) await edit({ posterUrl: await uploadAtOnce({ blob, by, name: "poster.jpg", type: "image/jpeg" }) });
  }
  return isMeant();
}

/**
 * The request is kept as it is asked first. If its answer was lost and the kept post was changed since, the same is asked again, by which
 * the post is found or made, and then the change.
 */
async function sendNew(post: KeptPost): Promise<Done | undefined> {
  const now = post.triedAt ?? instantNow();
  const properties = propertiesOf(post, now);
  const body = post.tried ?? JSON.stringify({ type: ["h-entry"], properties });
  const kept = await changePost(post.id, (each) =>
    each.state === "waiting" ? { ...each, tried: body, triedAt: now } : undefined,
  );
  if (!kept) return undefined;
  const tried = JSON.parse(body) as { readonly properties: Mf2Properties };
  const made = await create(post, tried);
  const { url } = made;
  const difference = differenceOf(tried.properties, post, now);
  if (difference === undefined) return made;
  const changed = await ask<Done>("micropub", { json: { action: "update", url, ...difference }, by: post.by });
  return { url: changed.header("location") ?? url, problems: changed.body?.problems ?? [] };
}

interface Created {
  readonly url: string;
  readonly problems: readonly ShownProblem[];
}

async function create(post: KeptPost, json: unknown): Promise<Created> {
  try {
    const { body, header } = await ask<Done>("micropub", {
      json,
      by: post.by,
      headers: { "idempotency-key": post.id },
    });
    const url = header("location") ?? body?.url;
    if (url === undefined) throw new NoAnswer();
    return { url, problems: body?.problems ?? [] };
  } catch (error) {
    // Refused for good: nothing was made, and the kept post may be changed.
    if (!isPassing(error) && !isSignedOut(error))
      await changePost(post.id, (each) => without(each, ["tried", "triedAt"]));
    throw error;
  }
}
