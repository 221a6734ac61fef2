/** What another app of the phone shares with this one (Web Share Target): a link, or a text. */

import { authorKey } from "../kept/person.ts";
import { keep, newPost } from "../kept/posts.ts";
import { go, placeOf, type View } from "./router.ts";

export async function shareView(): Promise<View> {
  const shared = new URLSearchParams(location.search);
  const [title, text, url] = ["title", "text", "url"].map((name) => shared.get(name)?.trim() ?? "");
  // Android's browsers put the address of a page into the text.
  const isAddress = /^https?:\/\/\S+$/.test(text ?? "");
  const link = url || (isAddress ? text : "") || "";
  const written = { title: title ?? "", text: isAddress ? "" : (text ?? ""), link };
  const post = newPost(link === "" ? "text" : "link", authorKey(), written);
  await keep(post);
  history.replaceState(undefined, "", "/write/");
  go(placeOf("kept", post.id));
  return { title: words.write, content: [] };
}
