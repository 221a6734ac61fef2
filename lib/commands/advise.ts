/** Which keys of `site.yaml` settle many problems of a content store: computed from the files that it holds. */
import type { Problem } from "../model.ts";
import { postMatcher } from "../publish/scan/keys.ts";
import { loadSite } from "../publish/sitefile.ts";
import type { Store } from "../stores/store.ts";
import { type Advice, adviceOn, needsPosts } from "../terminal/advice.ts";

export async function advise(content: Store, problems: readonly Problem[], now: Date): Promise<readonly Advice[]> {
  return adviceOn(problems, needsPosts(problems) ? await listPosts(content, now) : []);
}

async function listPosts(content: Store, now: Date): Promise<readonly string[]> {
  const read = await loadSite(content, now);
  if (!read.ok) return [];
  const isPost = postMatcher(read.site);
  const keys: string[] = [];
  for await (const { key } of content.list("")) if (isPost(key)) keys.push(key);
  return keys;
}
