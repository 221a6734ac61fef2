/** A request to create → a new file, with a name and an address that no other post has. */

import { digest, digestOf } from "../../base/digest.ts";
import { invalid } from "../../base/http/error.ts";
import type { Grant } from "../../signin/types.ts";
import { holdsBytes, readObject, type Store, StoreConflict, StoreUnknown } from "../../stores/store.ts";
import { type KnownFile, lookAt, storeKnown } from "../media/store.ts";
import type { MediaKind } from "../media/types/kinds.ts";
import type { CreateRequest } from "../request/types.ts";
import type { PostsContext } from "../store/context.ts";
import { noteAddress } from "../store/find.ts";
import { assertPost, previewOf } from "../store/preview.ts";
import { assertScope } from "./may.ts";
import { encode, newFile } from "./newfile.ts";
import { type Beginning, beginOnce, endOnce } from "./once.ts";
import type { CreatedPost, NewFile } from "./types.ts";

/** `name`: the Idempotency-Key of the request, if it has one. */
export async function create(
  context: PostsContext,
  grant: Grant,
  request: CreateRequest,
  name: string | undefined,
): Promise<CreatedPost> {
  assertScope(grant, "create", "draft");
  const make = async () => newFile(context, grant, await withFiles(context, grant, request));
  if (name === undefined) return answerOf(context, (await putNew(context, await make())).file);
  const begun = await beginOnce(context, { grant, name, digest: await digestOfRequest(request) }, make);
  if (begun.created) return begun.created;
  const { file, mark = begun } = await putNew(context, begun.file, begun);
  const created = await answerOf(context, file);
  await endOnce(context, mark, created);
  return created;
}

/** What it would be, with nothing written. */
export async function checkCreate(context: PostsContext, grant: Grant, request: CreateRequest): Promise<CreatedPost> {
  assertScope(grant, "create", "draft");
  const { key, text } = await newFile(context, grant, request);
  const { post, problems } = await previewOf(context, key, encode(text));
  return { key, url: post?.url ?? "", problems };
}

const KINDS: ReadonlyMap<string, MediaKind> = new Map([
  ["photo", "image"],
  ["video", "video"],
  ["audio", "audio"],
]);

/** With the addresses at which its files are served, once they are in the content store. */
async function withFiles(context: PostsContext, grant: Grant, request: CreateRequest): Promise<CreateRequest> {
  if (request.files.length === 0) return request;
  const strange = request.files.find(([property]) => !KINDS.has(property));
  if (strange) throw invalid(`${strange[0]} takes no file: send photo, video or audio`);
  const withAddresses = (urls: readonly string[]): CreateRequest => {
    const properties = new Map(request.properties);
    request.files.forEach(([property], i) => {
      properties.set(property, [...(properties.get(property) ?? []), urls[i] ?? ""]);
    });
    return { ...request, properties, files: [] };
  };
  // Nothing is stored for what is refused.
  await newFile(context, grant, withAddresses(request.files.map(() => `${context.site.media}media/file`)));
  const known: KnownFile[] = [];
  for (const [property, file] of request.files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    known.push(await lookAt({ name: file.name, type: file.type, bytes }, KINDS.get(property)));
  }
  const urls: string[] = [];
  for (const file of known) urls.push((await storeKnown(context, file)).url);
  return withAddresses(urls);
}

/** The digest of the whole request, the bytes of its files included. */
async function digestOfRequest({ properties, commands, files }: CreateRequest): Promise<string> {
  const held = await Promise.all(
    files.map(async ([name, file]) => [name, file.type, digestOf(new Uint8Array(await file.arrayBuffer()))]),
  );
  return digest([...properties], [...commands], held);
}

interface PutFile {
  readonly file: NewFile;
  /** As it is by then. */
  readonly mark: Beginning | undefined;
}

/** Puts it under the first name that is free. A file that is there with the same bytes was put by the same request before. */
async function putNew(context: PostsContext, file: NewFile, begun?: Beginning): Promise<PutFile> {
  const bytes = encode(file.text);
  let mark = begun;
  for (const key of [file.key, ...file.others]) {
    if (mark && key !== mark.file.key) mark = await mark.renamed(key);
    if (await putAt(context.content, key, bytes, begun !== undefined)) return { file: { ...file, key }, mark };
  }
  throw invalid("too many posts have this name: send another `mp-slug`");
}

/** While another request writes the same key, S3 may answer 409 although the condition holds: then it is tried again. */
const MOST_PUTS = 3;

/** False where another post has the name. */
async function putAt(content: Store, key: string, bytes: Uint8Array, isRepeated: boolean): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      await content.put(key, bytes, { contentType: "text/markdown", ifAbsent: true, durable: true });
      return true;
    } catch (error) {
      const isUnknown = error instanceof StoreUnknown;
      if (!isUnknown && !(error instanceof StoreConflict)) throw error;
      const there = await readObject(content, key);
      if (there) return (isUnknown || isRepeated) && holdsBytes(there, bytes);
      if (isUnknown || tries === MOST_PUTS) throw error;
    }
  }
}

async function answerOf(context: PostsContext, { key, text }: NewFile): Promise<CreatedPost> {
  const preview = await previewOf(context, key, encode(text));
  const { url } = assertPost(preview, key);
  await noteAddress(context, url, key);
  return { key, url, problems: preview.problems };
}
