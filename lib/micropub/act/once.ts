/** A request to create that is sent again makes nothing twice: under its Idempotency-Key its file and its answer are kept. */

import { digest as digestOfParts } from "../../base/digest.ts";
import { invalid } from "../../base/http/error.ts";
import { KEPT } from "../../base/writing.ts";
import type { Etag } from "../../model.ts";
import type { Grant } from "../../signin/types.ts";
import { readObject, StoreConflict, StoreUnknown } from "../../stores/store.ts";
import type { PostsContext } from "../store/context.ts";
import type { CreatedPost, NewFile } from "./types.ts";

interface Named {
  readonly grant: Grant;
  /** What the header says. */
  readonly name: string;
  /** Of all that the request asks for. */
  readonly digest: string;
}

/** What is kept of a request, first before its post is written. */
interface CreateMark {
  readonly digest: string;
  readonly file: NewFile;
  readonly created?: CreatedPost;
}

export interface Beginning extends CreateMark {
  readonly at: string;
  readonly etag: Etag;
  /** With another name of its file, since another post took the first. */
  renamed(key: string): Promise<Beginning>;
}

const TYPE = { contentType: "application/json", durable: true } as const;
const MAX_NAME = 200;

/** Two authors may send the same Idempotency-Key: each has keys of their own. */
function placeOfMark({ grant, name }: Named): string {
  if (name === "" || name.length > MAX_NAME) {
    throw invalid(`an Idempotency-Key has 1 to ${MAX_NAME} characters: send a new UUID for each post`);
  }
  return `${KEPT}created/${digestOfParts(grant.author ?? "", grant.role)}/${digestOfParts(name)}`;
}

/** What was begun under this key before, or begins now: the file is kept before it is put, so that a repeat puts the same file. */
export async function beginOnce(context: PostsContext, named: Named, make: () => Promise<NewFile>): Promise<Beginning> {
  const at = placeOfMark(named);
  const before = await readMark(context, at, named);
  if (before) return before;
  const mark: CreateMark = { digest: named.digest, file: await make() };
  try {
    return opened(context, at, mark, await context.state.put(at, encode(mark), { ...TYPE, ifAbsent: true }));
  } catch (error) {
    if (!(error instanceof StoreConflict || error instanceof StoreUnknown)) throw error;
    const other = await readMark(context, at, named);
    if (!other) throw error;
    return other;
  }
}

/** The post was created: every repeat gets this answer, whatever becomes of the post. */
export async function endOnce(
  { state }: PostsContext,
  { at, etag, digest, file }: Beginning,
  created: CreatedPost,
): Promise<void> {
  try {
    await state.put(at, encode({ digest, file: { ...file, text: "", others: [] }, created }), {
      ...TYPE,
      ifMatch: etag,
    });
  } catch (error) {
    // The same request at the same time has noted the same.
    if (!(error instanceof StoreConflict || error instanceof StoreUnknown)) throw error;
  }
}

async function readMark(context: PostsContext, at: string, { digest }: Named): Promise<Beginning | undefined> {
  const object = await readObject(context.state, at);
  if (!object) return undefined;
  const mark: CreateMark = JSON.parse(new TextDecoder().decode(object.body));
  if (mark.digest !== digest)
    throw invalid("this Idempotency-Key was sent with another post: send a new UUID for each");
  return opened(context, at, mark, object.etag);
}

const encode = (mark: CreateMark): Uint8Array => new TextEncoder().encode(JSON.stringify(mark));

function opened(context: PostsContext, at: string, mark: CreateMark, etag: Etag): Beginning {
  return {
    ...mark,
    at,
    etag,
    async renamed(key) {
      const others = mark.file.others.slice(mark.file.others.indexOf(key) + 1);
      const next = { ...mark, file: { ...mark.file, key, others } };
      return opened(context, at, next, await context.state.put(at, encode(next), { ...TYPE, ifMatch: etag }));
    },
  };
}
