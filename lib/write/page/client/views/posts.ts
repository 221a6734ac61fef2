/** Former posts, newest first, a page at a time; without a network those that were there last. */
import { ask } from "../base/api.ts";
import { now } from "../base/clock.ts";
import { filled } from "../base/data.ts";
import { button, type Child, h } from "../base/dom.ts";
import { shownTime } from "../base/time.ts";
import { keepList, type ListedPost, lastList } from "../kept/list.ts";
import { authorKey } from "../kept/person.ts";
import type { Mf2Properties } from "../kept/types.ts";
import { isWithdrawn } from "../sending/changes.ts";
import { writtenOf } from "../sending/properties.ts";
import { acting, alertFor, nameOf } from "./parts.ts";
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
    const rows = items.map(({ properties }) => listed(properties));
    list.append(...rows.map(row));
    after = paging?.after;
    more.hidden = after === undefined;
    return rows;
  };
  const more: HTMLButtonElement = button(
    words.more,
    acting(async () => void (await load())),
  );
  more.hidden = true;
  const content: Child[] = [list, more];
  try {
    const rows = await load();
    if (rows.length === 0) content.push(h("p.note", words.nothingYet));
    // Where there is no room for it, it is not kept.
    keepList({ by: authorKey(), at: Date.now(), rows }).catch(() => undefined);
  } catch (error) {
    const last = await lastList();
    // Without a network the page says so in any case.
    if (!last || navigator.onLine) content.unshift(alertFor(error));
    if (last?.by === authorKey()) {
      content.unshift(h("p.notice", filled(words.asOf, { time: shownTime(last.at) })));
      list.append(...last.rows.map(row));
    }
  }
  return { title: words.posts, content };
}

function listed(properties: Mf2Properties): ListedPost {
  const written = writtenOf(properties, now());
  const published = properties["published"]?.[0];
  const marks = [
    typeof published === "string" && shownTime(published),
    isWithdrawn(properties) ? words.statuses.withdrawn : written.when === "draft" && words.statuses.draft,
    written.when === "later" && words.statuses.future,
    written.live && words.streams[written.live.status],
  ].filter((mark) => mark !== false);
  return { url: String(properties["url"]?.[0] ?? ""), name: nameOf(written), note: marks.join(" · ") };
}

const row = ({ url, name, note }: ListedPost): HTMLElement =>
  h("li", h("a.row", { href: placeOf("post", url) }, name), h("p.note", note));
