/** Former posts, newest first, a page at a time. */
import { ask } from "../base/api.ts";
import { button, type Child, h } from "../base/dom.ts";
import { shownTime } from "../base/time.ts";
import type { Mf2Properties } from "../kept/types.ts";
import { isWithdrawn } from "../sending/changes.ts";
import { writtenOf } from "../sending/properties.ts";
import { acting, alertOf, nameOf, saidOf } from "./parts.ts";
import { placeOf, type View } from "./router.ts";

interface Page {
  readonly items: readonly { readonly properties: Mf2Properties }[];
  readonly paging?: { readonly after?: string };
}

const AT_ONCE = 20;

export async function postsView(): Promise<View> {
  const list = h("ul.rows");
  let after: string | undefined;
  const load = async () => {
    const from = after === undefined ? "" : `&after=${encodeURIComponent(after)}`;
    const { items, paging } = (await ask<Page>(`micropub?q=source&limit=${AT_ONCE}${from}`)).body;
    list.append(...items.map(({ properties }) => row(properties)));
    after = paging?.after;
    more.hidden = after === undefined;
    return items.length;
  };
  const more: HTMLButtonElement = button(
    words.more,
    acting(async () => void (await load())),
  );
  more.hidden = true;
  const content: Child[] = [list, more];
  try {
    if ((await load()) === 0) content.push(h("p.note", words.noPosts));
  } catch (error) {
    content.push(alertOf(saidOf(error)));
  }
  return { title: words.posts, content };
}

function row(properties: Mf2Properties): HTMLElement {
  const written = writtenOf(properties, Date.now());
  const url = String(properties["url"]?.[0] ?? "");
  const published = properties["published"]?.[0];
  const isLive = written.live?.status === "live";
  const marks = [
    typeof published === "string" && shownTime(published),
    isWithdrawn(properties) ? words.statuses.withdrawn : written.when === "draft" && words.statuses.draft,
    written.when === "later" && words.statuses.future,
    isLive && words.streams.live,
  ].filter((mark) => mark !== false);
  return h("li", h("a.row", { href: placeOf("post", url) }, nameOf(written)), h("p.note", marks.join(" · ")));
}
