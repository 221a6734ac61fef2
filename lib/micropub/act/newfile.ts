/** What a request says → the file that it would be: in the site's folder of posts, under a name and an address that are free. */
import { invalid } from "../../base/http/error.ts";
import { present } from "../../base/optional.ts";
import { detectDialect } from "../../content/facts/dialects.ts";
import type { DialectName } from "../../model.ts";
import type { Grant } from "../../signin/types.ts";
import { readObject } from "../../stores/store.ts";
import { linesAbove, shownLines, withBeginning } from "../post/beginning/beginning.ts";
import { dateText, dayText } from "../post/dates.ts";
import { WRITERS } from "../post/dialects.ts";
import { fieldsOf } from "../post/fields.ts";
import { fileText } from "../post/file.ts";
import { folderForPosts } from "../post/folder.ts";
import { pagesIn } from "../post/leading.ts";
import { keysFor, wordsOf } from "../post/names.ts";
import { contentOf, postedOf } from "../post/posted.ts";
import { bodyOf } from "../post/text.ts";
import type { Posted } from "../post/types.ts";
import type { CreateRequest, Mf2Json, Properties } from "../request/types.ts";
import { type PostsContext, textContext } from "../store/context.ts";
import { fieldsOfNew, languageToWrite } from "../store/defaults.ts";
import { holderOf } from "../store/find.ts";
import { assertPost, previewOf } from "../store/preview.ts";
import { assertForm, authorsFor, isForDrafts } from "./may.ts";
import { assertKinds } from "./mediakinds.ts";
import type { NewFile } from "./types.ts";

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** More posts of one name in one folder than anybody writes. */
const MOST_NAMES = 200;

export async function newFile(context: PostsContext, grant: Grant, request: CreateRequest): Promise<NewFile> {
  const { site, records, now } = context;
  const properties = withCommands(request);
  const said = postedOf(properties, site.timezone);
  const content = contentOf(properties);
  assertForm(grant, content);
  const folder = folderForPosts(site, records);
  if (folder === undefined) {
    throw invalid(
      "no folder is known in which a new file would be a post: name one in `posts` of site.yaml, such as posts/**",
    );
  }
  const dialect = site.dialect ?? dialectIn(folder);
  const words = content ? bodyOf(content, textContext(context, dialect)) : "";
  assertSomething(said, words);
  assertKinds(said, site);
  const files = { photo: said.photos, video: said.videos, audio: said.audios };
  const lines = shownLines({ ...files, page: pagesIn(properties), title: said.title }, dialect);
  const body = withBeginning(linesAbove(words, lines, ""), words);
  const { slug: wanted, language, ...rest } = said;
  const place = { key: `${folder}post.md`, dialect };
  const posted: Posted = {
    ...rest,
    photos: [],
    ...present({ language: await languageToWrite(context, place, language) }),
    published: said.published ?? now,
    authors: authorsFor(grant, said, site),
    isDraft: said.isDraft || isForDrafts(grant),
  };
  const fields = new Map([...(await fieldsOfNew(context, place)), ...fieldsOf(posted, dialect, site.timezone)]);
  const text = fileText(fields, body, WRITERS[dialect].form);
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

/** The names that are free: no file has them, and no other post would have their address. */
async function freeKeys(context: PostsContext, keys: Iterable<string>, bytes: Uint8Array): Promise<readonly string[]> {
  let tried = 0;
  for (const key of keys) {
    if (++tried > MOST_NAMES) break;
    if (await readObject(context.content, key, 1)) continue;
    const post = assertPost(await previewOf(context, key, bytes), key);
    if ((await holderOf(context, post)) === undefined) return [key, ...nextNames(key)];
  }
  return [];
}

/** The names to try next, should another writer take this one meanwhile. */
function nextNames(key: string): readonly string[] {
  const [, stem = "", number] = /^(.*?)(?:-(\d{1,6}))?\.md$/.exec(key) ?? [];
  const from = number === undefined ? 2 : Number(number) + 1;
  return Array.from({ length: 20 }, (_, i) => `${stem}-${from + i}.md`);
}

/** The generator, by its folder of posts, on a site that does not name it. */
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

/** The commands (`mp-…`) among the properties, as JSON has them. */
function withCommands({ properties, commands }: CreateRequest): Properties {
  const named = ["mp-slug", "mp-channel", "mp-photo-alt"].flatMap((name) => {
    const values = commands.get(name);
    return values ? [[name, values] as const] : [];
  });
  return new Map<string, readonly Mf2Json[]>([...properties, ...named]);
}
