/** The post at an address, for who may see and change it. */
import { readAuthors } from "../../content/facts/people.ts";
import type { Post } from "../../model.ts";
import type { Grant } from "../../signin/types.ts";
import { type PostFile, readPostFile } from "../post/read.ts";
import type { PostsContext } from "../store/context.ts";
import { type FoundPost, findFile } from "../store/find.ts";
import { previewOf } from "../store/preview.ts";
import { assertOwn } from "./may.ts";

export interface OwnPost {
  readonly found: FoundPost;
  readonly file: PostFile;
  /** Absent where it cannot be read as a post. */
  readonly post: Post | undefined;
}

/** Throws an `HttpError` where there is no such post, or it is somebody else's, which the defaults of its folder may say, too. */
export async function findOwn(context: PostsContext, grant: Grant, url: string): Promise<OwnPost> {
  const { site } = context;
  const found = await findFile(context, url);
  const file = readPostFile(found.key, found.bytes, site);
  const { post } = await previewOf(context, found.key, found.bytes);
  assertOwn(grant, post?.authors ?? readAuthors(file.fields, site, file.dialect), site);
  return { found, file, post };
}
