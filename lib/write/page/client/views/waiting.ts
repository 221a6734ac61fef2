/** What is on its way: how far it is, what failed and why, and what became of what was sent. */
import { filled } from "../base/data.ts";
import { button, type Child, h, refill } from "../base/dom.ts";
import { shownTime } from "../base/time.ts";
import { changeLetter, discard, letters, onChange } from "../kept/letters.ts";
import { isMine, isSignedIn } from "../kept/person.ts";
import type { Letter } from "../kept/types.ts";
import { hurry, onProgress, shareOf } from "../sending/sender.ts";
import { nameOf, problemList } from "./parts.ts";
import { go, placeOf, type View } from "./router.ts";
import { watchStatus } from "./status.ts";

/** On their way, or in need of their author. */
export const isOnItsWay = ({ state }: Letter): boolean =>
  state === "waiting" || state === "failed" || state === "changed";

export async function waitingView(): Promise<View> {
  const list = h("div");
  const show = async () => {
    const own = (await letters()).filter(isMine);
    const [waiting, sent] = [own.filter(isOnItsWay), own.filter(({ state }) => state === "sent")];
    sent.sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0));
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

function waitingRow(letter: Letter): Child {
  const { id, state, problems = [] } = letter;
  const share = shareOf(id);
  const retry = () =>
    void changeLetter(id, (each) => ({ ...each, state: "waiting", next: 0, tries: 0 })).then(() => hurry());
  const dismiss = () => {
    if (confirm(words.askDiscard)) void discard(letter);
  };
  return h(
    "li",
    h("h2", nameOf(letter)),
    h("p", { class: state === "waiting" ? "state" : "state alert" }, stateOf(letter)),
    share !== undefined &&
      h("progress", {
        id: `share-${id}`,
        max: 1,
        value: share,
        "aria-label": filled(words.sending, { name: nameOf(letter) }),
      }),
    problemList(problems),
    h(
      "div.actions",
      state === "changed" && h("a.button.main", { href: placeOf("choose", id) }, words.choose),
      state !== "changed" && button(words.retry, retry, { id: `retry-${id}` }),
      !letter.act && state !== "changed" && button(words.edit, () => go(placeOf("letter", id)), { id: `edit-${id}` }),
      button(words.discard, dismiss, { id: `discard-${id}`, class: "quiet" }),
    ),
  );
}

function stateOf({ id, state, fault, act, next }: Letter): string {
  const what = act === "delete" ? `${words.withdraw}: ` : act === "undelete" ? `${words.bringBack}: ` : "";
  if (state === "changed") return words.changedMeanwhile;
  if (state === "failed") return `${words.failed} ${fault ?? ""}`.trim();
  if (shareOf(id) !== undefined) return what + words.isSent;
  if (!isSignedIn()) return what + words.waitsForSignIn;
  if (!navigator.onLine) return what + words.waitsForNetwork;
  const again = next && next > Date.now() ? ` ${filled(words.nextTry, { time: shownTime(next) })}` : "";
  return `${what}${fault === undefined ? words.waits : fault || words.noAnswer}${again}`;
}

function sentRow(letter: Letter): Child {
  const { url, status, problems = [], sent, act } = letter;
  const said = act === "delete" ? words.statuses.withdrawn : status === undefined ? words.hasIt : statusWord(status);
  return h(
    "li",
    h("h3", url === undefined ? nameOf(letter) : h("a", { href: placeOf("post", url) }, nameOf(letter))),
    h("p.state", said, sent !== undefined && ` · ${shownTime(sent)}`),
    problemList(problems),
  );
}

export const statusWord = (status: string): string =>
  Object.hasOwn(words.statuses, status) ? words.statuses[status as keyof typeof words.statuses] : status;
