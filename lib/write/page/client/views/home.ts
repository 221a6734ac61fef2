/** What there is to write, and what was begun. */
import { drawing, h, refill } from "../base/dom.ts";
import { shownTime } from "../base/time.ts";
import { isMine } from "../kept/person.ts";
import { keptPosts, onChange } from "../kept/posts.ts";
import type { PostKind } from "../kept/types.ts";
import { ICONS } from "./icons.ts";
import { nameOf } from "./parts.ts";
import { placeOf, type View } from "./router.ts";

const KINDS: readonly PostKind[] = ["text", "photo", "video", "audio", "link", "live"];

export async function homeView(): Promise<View> {
  const begun = h("section");
  await showBegun(begun);
  const kinds = KINDS.map((kind) =>
    h("li", h("a.kind", { href: placeOf("new", kind) }, drawing(ICONS[kind], "0 0 24 24"), words.kinds[kind])),
  );
  return {
    title: words.write,
    content: [h("ul.kinds", kinds), begun],
    end: onChange(() => void showBegun(begun)),
  };
}

async function showBegun(section: HTMLElement): Promise<void> {
  const begun = (await keptPosts()).filter((post) => post.state === "writing" && isMine(post));
  refill(
    section,
    begun.length > 0 && [
      h("h2", words.begun),
      h(
        "ul.rows",
        begun.map((post) =>
          h("li", h("a.row", { href: placeOf("kept", post.id) }, nameOf(post)), h("p.note", shownTime(post.made))),
        ),
      ),
    ],
  );
}
