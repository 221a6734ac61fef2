/** What is on its way: how far it is, what failed and why, and what became of what was sent. */
import { filled, SPACE } from "../base/data.ts";
import { announce, button, type Child, h, refill } from "../base/dom.ts";
import { shownFault } from "../base/faults.ts";
import { shownTime } from "../base/time.ts";
import { isMine, isSignedIn } from "../kept/person.ts";
import { changePost, discard, keptPosts, onChange } from "../kept/posts.ts";
import type { KeptPost } from "../kept/types.ts";
import { writtenOf } from "../sending/properties.ts";
import { hurry, isStuck, onProgress, shareOf } from "../sending/sender.ts";
import { nameOf, problemList } from "./parts.ts";
import { go, placeOf, type View } from "./router.ts";
import { watchStatus } from "./status.ts";

/** On their way, or in need of their author. */
export const isOnItsWay = ({ state }: KeptPost): boolean =>
  state === "waiting" || state === "failed" || state === "changed";

export async function waitingView(): Promise<View> {
  const list = h("div");
  const told = new Map<string, string>();
  const show = async () => {
    const own = (await keptPosts()).filter(isMine);
    const [waiting, sent] = [own.filter(isOnItsWay), own.filter(({ state }) => state === "sent")];
    sent.sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0));
    for (const post of own) {
      const [before, said] = [told.get(post.id), outcomeOf(post)];
      told.set(post.id, said);
      if (before !== undefined && said !== "" && said !== before) announce(`${nameOf(post)}: ${said}`);
    }
    refill(list, [
      waiting.length === 0 && h("p.note", words.nothingWaits),
      h("ul.rows", waiting.map(waitingRow)),
      sent.length > 0 && [h("h2", words.sent), h("ul.rows", sent.map(sentRow))],
    ]);
  };
  await show();
  const endings = [
    onChange(() => void show()),
    onProgress((id) => {
      const [bar, share] = [document.getElementById(`share-${id}`), shareOf(id)];
      if (bar instanceof HTMLProgressElement && share !== undefined) bar.value = share;
      else if (!bar) void show();
    }),
    watchStatus(),
  ];
  return {
    title: words.onItsWay,
    content: [list],
    end() {
      for (const end of endings) end();
    },
  };
}

function waitingRow(post: KeptPost): Child {
  const { id, state, problems = [] } = post;
  const share = shareOf(id);
  const retry = () =>
    void changePost(id, (each) =>
      isOnItsWay(each) ? { ...each, state: "waiting", next: 0, tries: 0 } : undefined,
    ).then(() => hurry());
  const dismiss = () => {
    if (confirm(words.askDiscard)) void discard(post);
  };
  return h(
    "li",
    h("h2", nameOf(post)),
    h("p", { class: state === "waiting" ? "state" : "state alert" }, stateOf(post)),
    share !== undefined &&
      h("progress", {
        id: `share-${id}`,
        max: 1,
        value: share,
        "aria-label": `${words.isSent} ${nameOf(post)}`,
      }),
    problemList(problems),
    h(
      "div.actions",
      state === "changed" && h("a.button.main", { href: placeOf("choose", id) }, words.choose),
      state !== "changed" && button(words.retry, retry, { id: `retry-${id}` }),
      !post.act && state !== "changed" && button(words.edit, () => go(placeOf("kept", id)), { id: `edit-${id}` }),
      button(words.discard, dismiss, { id: `discard-${id}`, class: "quiet" }),
    ),
  );
}

/** What is done with a former post, where that is more than a change of its text. */
function doneTo({ act, live, former }: KeptPost): string {
  const before = former && live && writtenOf(former.properties, 0).live?.status;
  const done =
    act === "delete"
      ? words.withdraw
      : act === "undelete"
        ? words.bringBack
        : before &&
          before !== live.status &&
          { pending: "", live: words.streamBegun, ended: words.streams.ended }[live.status];
  return done ? `${done}: ` : "";
}

function stateOf(post: KeptPost): Child {
  const { id, state, fault, next, media } = post;
  const what = doneTo(post);
  if (state === "changed") return words.faults.changed;
  if (state === "failed") return [words.failed + SPACE, fault && shownFault(fault)];
  if (isStuck(id)) return filled(words.noRoom, { name: nameOf(post) });
  if (shareOf(id) !== undefined) return what + (media.some((each) => each.state) ? words.preparing : words.isSent);
  if (!isSignedIn()) return what + words.waitsForSignIn;
  if (!navigator.onLine) return what + words.waitsForNetwork;
  const again = next && next > Date.now() && SPACE + filled(words.nextTry, { time: shownTime(next) });
  return [what, fault ? shownFault(fault) : words.waits, again || ""];
}

/** What is said to those who listen, as soon as it is so. */
function outcomeOf({ state, status }: KeptPost): string {
  if (state === "sent") return status === undefined ? words.sent : statusWord(status);
  return state === "failed" ? words.failed : state === "changed" ? words.faults.changed : "";
}

function sentRow(post: KeptPost): Child {
  const { url, status, problems = [], sent, at, act } = post;
  const time = status === "future" ? at : sent;
  return h(
    "li",
    h(
      "h3",
      url === undefined || status === "deleted" ? nameOf(post) : h("a", { href: placeOf("post", url) }, nameOf(post)),
    ),
    h("p.state", !act && doneTo(post), outcomeOf(post), time !== undefined && ` · ${shownTime(time)}`),
    problemList(problems),
  );
}

export const statusWord = (status: string): string =>
  Object.hasOwn(words.statuses, status) ? words.statuses[status as keyof typeof words.statuses] : status;
