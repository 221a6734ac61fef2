/** Changes a post that exists: reads its file, edits it, and puts it back unless another writer was quicker. */
import { HttpError, invalid } from "../../base/http/error.ts";
import type { Etag, Post } from "../../model.ts";
import type { Grant } from "../../signin/types.ts";
import { holdsBytes, readObject, StoreConflict, StoreUnknown } from "../../stores/store.ts";
import type { PostFile } from "../post/read.ts";
import type { RemovalRequest, UpdateRequest } from "../request/types.ts";
import type { PostsContext } from "../store/context.ts";
import { type FoundPost, holderOf, noteAddress } from "../store/find.ts";
import { assertPost, previewOf } from "../store/preview.ts";
import { assertDraft, assertScope } from "./may.ts";
import { findOwn, type OwnPost } from "./own.ts";
import type { ChangedPost } from "./types.ts";
import { updatedFile } from "./update.ts";
import { isJustWithdrawn, restoredFile, withdrawnFile } from "./withdraw.ts";

interface Asked {
  readonly grant: Grant;
  readonly url: string;
  /** The ETag that the post must have. */
  readonly ifMatch: string | undefined;
}

/** The new bytes; `gone` where the file is removed. */
type Edit = (file: PostFile, etag: Etag) => Uint8Array | "gone" | Promise<Uint8Array>;

export function update(
  context: PostsContext,
  grant: Grant,
  request: UpdateRequest,
  ifMatch?: string,
): Promise<ChangedPost> {
  assertScope(grant, "update");
  const { url } = request;
  return changed(context, { grant, url, ifMatch }, (file) => updatedFile(context, grant, file, request));
}

/**
 * A published post is withdrawn first; a draft, or a post that was withdrawn before, is removed. An app that lost the answer sends the
 * same request again: within some minutes it counts as that request, and removes nothing, unless it has the
 * ETag of the withdrawn post.
 */
export function remove(
  context: PostsContext,
  grant: Grant,
  { url }: RemovalRequest,
  ifMatch?: string,
): Promise<ChangedPost> {
  assertScope(grant, "delete");
  return changed(context, { grant, url, ifMatch }, (file, etag) => {
    if (isJustWithdrawn(file, context) && ifMatch !== etag) return file.bytes;
    return file.held === "draft" ? "gone" : withdrawnFile(file, context);
  });
}

export function restore(
  context: PostsContext,
  grant: Grant,
  { url }: RemovalRequest,
  ifMatch?: string,
): Promise<ChangedPost> {
  assertScope(grant, "undelete");
  return changed(context, { grant, url, ifMatch }, (file) => (file.withdrawn ? restoredFile(file) : file.bytes));
}

/** What an update would make of the post, with nothing written. */
export async function checkUpdate(context: PostsContext, grant: Grant, request: UpdateRequest): Promise<ChangedPost> {
  assertScope(grant, "update");
  const { file, found } = await opened(context, { grant, url: request.url });
  const { post, problems } = await previewOf(context, found.key, await updatedFile(context, grant, file, request));
  return { url: post?.url ?? request.url, isMoved: false, problems };
}

/** How many other writers may come between: after each the edit is made again, on what they wrote. */
const MOST_TRIES = 5;

async function changed(context: PostsContext, asked: Asked, edit: Edit): Promise<ChangedPost> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const { found, file, post } = await opened(context, asked);
    const bytes = await edit(file, found.etag);
    assertMeant(asked, found, bytes);
    if (bytes === "gone") {
      // Whoever asked has not seen what somebody else has just made of the post.
      if (tries > 1) throw changedMeanwhile();
      if (!(await removed(context, found))) continue;
      return { url: asked.url, isMoved: false, problems: [] };
    }
    const preview = await previewOf(context, found.key, bytes);
    const next = assertPost(preview, found.key);
    assertDraft(asked.grant, next.hidden === "draft");
    await assertFree(context, next, post);
    const etag = await putOver(context, found, bytes);
    if (etag !== undefined) {
      await noteAddress(context, next.url, found.key);
      return { url: next.url, isMoved: next.url !== (post?.url ?? asked.url), etag, problems: preview.problems };
    }
  }
  throw changedMeanwhile();
}

const changedMeanwhile = (): HttpError =>
  new HttpError("changed", "others are changing this post right now: load it again and try once more");

/** A post that already is as the request wants it was changed by the same request before, whose answer was lost. */
function assertMeant({ ifMatch }: Asked, { bytes, etag }: FoundPost, next: Uint8Array | "gone"): void {
  if (ifMatch === undefined || ifMatch === etag) return;
  if (next !== "gone" && Buffer.compare(bytes, next) === 0) return;
  throw new HttpError("changed", "the post was changed since it was loaded: load it again, and make the change there");
}

async function opened(context: PostsContext, { grant, url }: Pick<Asked, "grant" | "url">): Promise<OwnPost> {
  const own = await findOwn(context, grant, url);
  assertDraft(grant, own.file.held === "draft");
  return own;
}

/** A change of slug, date or title may not take the address of another post. */
async function assertFree(context: PostsContext, next: Post, former: Post | undefined): Promise<void> {
  if (next.url === former?.url) return;
  const other = await holderOf(context, next);
  if (other !== undefined) {
    throw invalid(`the post would have the address of another one, ${other}: choose another slug or date`);
  }
}

/** False where another writer was quicker. */
async function removed({ content }: PostsContext, { key, etag }: FoundPost): Promise<boolean> {
  try {
    await content.delete(key, { ifMatch: etag, durable: true });
    return true;
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    return false;
  }
}

/** `undefined` where another writer was quicker. */
async function putOver(
  { content }: PostsContext,
  { key, bytes: former, etag }: FoundPost,
  bytes: Uint8Array,
): Promise<Etag | undefined> {
  if (holdsBytes({ body: former, etag }, bytes)) return etag;
  try {
    return await content.put(key, bytes, { contentType: "text/markdown", ifMatch: etag, durable: true });
  } catch (error) {
    if (error instanceof StoreConflict) return undefined;
    if (!(error instanceof StoreUnknown)) throw error;
    const there = await readObject(content, key);
    return there && holdsBytes(there, bytes) ? there.etag : undefined;
  }
}
