/** A former post: whether it is published, what is wrong with it, and what can be done with it. */
import { instantNow, now } from "../base/clock.ts";
import { announce, button, type Child, h, refill } from "../base/dom.ts";
import { shownTime } from "../base/time.ts";
import { authorKey, isMine } from "../kept/person.ts";
import { keep, keptPosts, newPost } from "../kept/posts.ts";
import type { KeptPost, Mf2Properties, PostLive } from "../kept/types.ts";
import { etagOf, type ShownStatus, source } from "../sending/asking.ts";
import { isLast, isWithdrawn } from "../sending/changes.ts";
import { kindOf, writtenOf } from "../sending/properties.ts";
import { acting, nameOf, problemList } from "./parts.ts";
import { go, placeOf, type View } from "./router.ts";
import { isSettled, repeat, statusOf } from "./status.ts";
import { isOnItsWay, statusWord } from "./waiting.ts";

interface Opened {
  readonly url: string;
  readonly etag?: string;
  readonly properties: Mf2Properties;
}

export async function postView(url: string): Promise<View> {
  const { body, header } = await source(url);
  const opened: Opened = { url, ...etagOf(header("etag")), properties: body.properties };
  const written = writtenOf(opened.properties, now());
  const [status, actions] = [h("div", { role: "status" }), h("div")];
  const link = h("p", h("a", { href: url, rel: "noopener", target: "_blank" }, words.open));
  const pictures = written.media.map(
    ({ property, url, alt }) => property === "photo" && h("img", { src: url, alt, loading: "lazy" }),
  );
  let shown = "";
  const look = async () => {
    const found = await statusOf(url);
    const key = JSON.stringify(found);
    if (key !== shown) showStatus(found, { opened, status, actions, link });
    shown = key;
    return isSettled(found.status);
  };
  await look().catch(() => showStatus(undefined, { opened, status, actions, link }));
  const waits = (await keptPosts()).some((post) => post.former?.url === url && isOnItsWay(post));
  return {
    title: nameOf(written),
    content: [
      waits && h("p.notice", words.changesWait),
      status,
      link,
      h("p.excerpt", { dir: "auto" }, written.text.length > 600 ? `${written.text.slice(0, 600)}…` : written.text),
      h("p.media", pictures),
      actions,
    ],
    end: repeat(look),
  };
}

interface Places {
  readonly opened: Opened;
  readonly status: HTMLElement;
  readonly actions: HTMLElement;
  readonly link: HTMLElement;
}

/** Of any other there is nothing to be seen on the site, or not this. */
const SEEN: readonly (string | undefined)[] = ["published", "waiting", undefined];

function showStatus(found: ShownStatus | undefined, { opened, status, actions, link }: Places): void {
  const { properties } = opened;
  const [time] = properties["withdrawn"] ?? properties["published"] ?? [];
  const said = isWithdrawn(properties) ? words.statuses.withdrawn : found && statusWord(found.status);
  const { when } = writtenOf(properties, now());
  link.hidden = isLast(properties) || when === "later" || !SEEN.includes(found?.status);
  refill(
    status,
    said !== undefined && h("p.state", said, typeof time === "string" && ` · ${shownTime(time)}`),
    problemList(found?.problems ?? []),
  );
  refill(actions, streamButton(opened), h("div.actions", buttonsOf(opened)));
}

function buttonsOf(opened: Opened): Child {
  const act = (act: "delete" | "undelete", question: string) => {
    return acting(async () => {
      if (question === "" || confirm(question)) await send({ ...changeOf(opened), act, state: "waiting" });
    });
  };
  const isDown = isWithdrawn(opened.properties);
  const forGood = isLast(opened.properties);
  return [
    !isDown &&
      button(
        words.edit,
        acting(() => edit(opened)),
        { class: "main", id: "edit" },
      ),
    isDown && button(words.bringBack, act("undelete", ""), { class: "main", id: "undelete" }),
    button(
      forGood ? words.deleteForGood : words.withdraw,
      act("delete", forGood ? words.deleteForGood : words.askWithdraw),
      { id: "delete" },
    ),
  ];
}

function changeOf(opened: Opened): KeptPost {
  const written = writtenOf(opened.properties, now());
  return { ...newPost(kindOf(written), authorKey(), written), former: opened, url: opened.url };
}

/** A change of it that was begun is gone on with. */
async function edit(opened: Opened): Promise<void> {
  const begun = (await keptPosts()).find((post) => {
    return post.former?.url === opened.url && post.state === "writing" && !post.act && isMine(post);
  });
  const post = begun ?? changeOf(opened);
  if (!begun) await keep(post);
  go(placeOf("kept", post.id));
}

async function send(post: KeptPost): Promise<void> {
  await keep(post);
  announce(words.waits);
  go(placeOf("waiting"));
}

/** One large button: whoever stands before a camera has no hand for more. */
function streamButton(opened: Opened): Child {
  const post = changeOf(opened);
  const { live } = post;
  if (!live || live.status === "ended" || isWithdrawn(opened.properties)) return undefined;
  const at = instantNow();
  const next: PostLive =
    live.status === "live" ? { ...live, status: "ended", end: at } : { ...live, status: "live", start: at };
  const label = live.status === "live" ? words.endStream : words.beginStream;
  const press = acting(() => send({ ...post, live: next, state: "waiting" }));
  return h("p", button(label, press, { class: "main huge", id: "stream" }));
}
