/** What another app of the phone shares with this one (Web Share Target): a link, or a text. */
import { keep, newLetter } from "../kept/letters.ts";
import { authorKey } from "../kept/person.ts";
import { go, placeOf, type View } from "./router.ts";

export async function shareView(): Promise<View> {
  const shared = new URLSearchParams(location.search);
  const [title, text, url] = ["title", "text", "url"].map((name) => shared.get(name)?.trim() ?? "");
  // Android's browsers put the address of a page into the text.
  const isAddress = /^https?:\/\/\S+$/.test(text ?? "");
  const link = url || (isAddress ? text : "") || "";
  const written = { title: title ?? "", text: isAddress ? "" : (text ?? ""), link };
  const letter = newLetter(link === "" ? "text" : "link", authorKey(), written);
  await keep(letter);
  history.replaceState(undefined, "", "/write/");
  go(placeOf("letter", letter.id));
  return { title: words.write, content: [] };
}
