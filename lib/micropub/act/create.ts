/** A request to create → a new file, under a name that no other post has, in the file or in its address. */
import { digest, digestOf } from "../../base/digest.ts";
import { detectDialect } from "../../content/facts/dialects.ts";
import type { DialectName, Etag } from "../../model.ts";
import type { Grant } from "../../signin/types.ts";
import { holdsBytes, readObject, type Store, StoreConflict, StoreUnknown } from "../../stores/store.ts";
import { invalid } from "../answers.ts";
import { storeMedia } from "../media/store.ts";
import { dateText, dayText } from "../post/dates.ts";
import { WRITERS } from "../post/dialects.ts";
import { fieldsOf } from "../post/fields.ts";
import { fileText } from "../post/file.ts";
import { folderForPosts } from "../post/folder.ts";
import { keysFor, wordsOf } from "../post/names.ts";
import { contentOf, postedOf } from "../post/posted.ts";
import { bodyOf } from "../post/text.ts";
import type { Posted } from "../post/types.ts";
import type { CreateRequest, Mf2Value, Properties } from "../request/types.ts";
import { type PostsContext, textContext } from "../store/context.ts";
import { noteAddress } from "../store/find.ts";
import { assertPost, previewOf } from "../store/preview.ts";
import { assertScope, authorsFor, makesDrafts } from "./may.ts";
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
  if (name === undefined) {
    const made = await makeFile(context, grant, await withFiles(context, request));
    return answerOf(context, await putNew(context, made));
  }
  const begun = await beginOnce(context, { grant, name, digest: await digestOfRequest(request) }, async () =>
    makeFile(context, grant, await withFiles(context, request)),
  );
  if (begun.created) return begun.created;
  const put = await putNew(context, begun.file, begun);
  const created = await answerOf(context, put);
  await endOnce(context, begun, created);
  return created;
}

/** What it would be, with nothing written. */
export async function checkCreate(context: PostsContext, grant: Grant, request: CreateRequest): Promise<CreatedPost> {
  assertScope(grant, "create", "draft");
  const { key, text } = await makeFile(context, grant, request);
  const { post, problems } = await previewOf(context, key, encode(text));
  return { key, url: post?.url ?? "", problems };
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** More posts of one name in one folder than anybody writes. */
const MOST_NAMES = 200;

async function makeFile(context: PostsContext, grant: Grant, request: CreateRequest): Promise<NewFile> {
  const { site, records, now } = context;
  const properties = withCommands(request);
  const said = postedOf(properties, site.timezone);
  const content = contentOf(properties);
  const folder = folderForPosts(site, records);
  const dialect = site.dialect ?? dialectIn(folder);
  const body = content ? bodyOf(content, textContext(context, dialect)) : "";
  assertSomething(said, body);
  const { slug: wanted, ...rest } = said;
  const posted: Posted = {
    ...rest,
    published: said.published ?? now,
    authors: authorsFor(grant, said, site),
    isDraft: said.isDraft || makesDrafts(grant),
  };
  const text = fileText(fieldsOf(posted, dialect, site.timezone), body, WRITERS[dialect].form);
  const keys = keysFor({
    slug: wanted,
    title: posted.title,
    words: wordsOf(content?.text ?? posted.summary ?? ""),
    day: dayText(posted.published ?? now, site.timezone),
    time: dateText(posted.published ?? now, site.timezone, "wall")
      .slice(11)
      .replaceAll(":", ""),
    folder,
    isDated: WRITERS[dialect].isDated,
  });
  const free = await freeKeys(context, keys, encode(text));
  const [key, ...others] = free;
  if (key === undefined) throw invalid("too many posts have this name: send another `mp-slug`");
  return { key, text, others };
}

/** Names whose file is not there, and whose address no other post has. */
async function freeKeys(context: PostsContext, keys: Iterable<string>, bytes: Uint8Array): Promise<readonly string[]> {
  let tried = 0;
  for (const key of keys) {
    if (++tried > MOST_NAMES) break;
    if (await readObject(context.content, key, 1)) continue;
    const post = assertPost(await previewOf(context, key, bytes), key);
    const isTaken = context.records.some((record) => record.key !== key && record.facts?.url === post.url);
    if (!isTaken) return [key, ...nextNames(key)];
  }
  return [];
}

/** For writers that come between. */
function nextNames(key: string): readonly string[] {
  const [, stem = "", number] = /^(.*?)(?:-(\d{1,6}))?\.md$/.exec(key) ?? [];
  const from = number === undefined ? 2 : Number(number) + 1;
  return Array.from({ length: 20 }, (_, i) => `${stem}-${from + i}.md`);
}

/** What the folder shows of the generator, on a site that does not say which it is. */
function dialectIn(folder: string): DialectName {
  return detectDialect(`${folder}2026-12-01-post.md`, { form: "yaml", fields: new Map(), body: "" });
}

function assertSomething(posted: Posted, body: string): void {
  const { title, summary, photos, videos, audios, responses, live, location, others } = posted;
  const hasOther = photos.length + videos.length + audios.length + responses.size + others.size > 0;
  if (body === "" && !title && !summary && !hasOther && !live && location === undefined) {
    throw invalid("the post is empty: send `content`, `name`, a photo or a link");
  }
}

/** What Micropub has as commands, and JSON among the properties. */
function withCommands({ properties, commands }: CreateRequest): Properties {
  const named = ["mp-slug", "mp-channel", "mp-photo-alt"].flatMap((name) => {
    const values = commands.get(name);
    return values ? [[name, values] as const] : [];
  });
  return new Map<string, readonly Mf2Value[]>([...properties, ...named]);
}

const MEDIA = new Set(["photo", "video", "audio"]);

/** With the addresses at which its files are served, once they are in the content store. */
async function withFiles(context: PostsContext, request: CreateRequest): Promise<CreateRequest> {
  if (request.files.length === 0) return request;
  const properties = new Map(request.properties);
  for (const [property, file] of request.files) {
    if (!MEDIA.has(property)) throw invalid(`${property} takes no file: send photo, video or audio`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { url } = await storeMedia(context, { name: file.name, type: file.type, bytes });
    properties.set(property, [...(properties.get(property) ?? []), url]);
  }
  return { ...request, properties, files: [] };
}

/** Of all that it asks for, its files by what they hold. */
async function digestOfRequest({ properties, commands, files }: CreateRequest): Promise<string> {
  const held = await Promise.all(
    files.map(async ([name, file]) => [name, file.type, digestOf(new Uint8Array(await file.arrayBuffer()))]),
  );
  return digest([...properties], [...commands], held);
}

interface PutFile extends NewFile {
  readonly etag: Etag;
}

/** Under the first name that is still free; what is there already with these very bytes was put by this request before. */
async function putNew(context: PostsContext, file: NewFile, begun?: Beginning): Promise<PutFile> {
  const bytes = encode(file.text);
  let mark = begun;
  for (const key of [file.key, ...file.others]) {
    if (mark && key !== mark.file.key) mark = await mark.renamed(key);
    const etag = await putAt(context.content, key, bytes, begun !== undefined);
    if (etag !== undefined) return { ...file, key, etag };
  }
  throw invalid("too many posts have this name: send another `mp-slug`");
}

/** A server may refuse a condition that holds, while another writer is at it (409). */
const MOST_PUTS = 3;

/** `undefined` where another post has the name. */
async function putAt(content: Store, key: string, bytes: Uint8Array, isRepeated: boolean): Promise<Etag | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      return await content.put(key, bytes, { contentType: "text/markdown", ifAbsent: true, durable: true });
    } catch (error) {
      const isUnknown = error instanceof StoreUnknown;
      if (!isUnknown && !(error instanceof StoreConflict)) throw error;
      const there = await readObject(content, key);
      if (there) return (isUnknown || isRepeated) && holdsBytes(there, bytes) ? there.etag : undefined;
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
