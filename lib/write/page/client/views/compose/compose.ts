/** Where a post is written: a new one, one that was begun, or a former one that is edited. */
import { ask } from "../../base/api.ts";
import { site } from "../../base/data.ts";
import { announce, button, type Child, field, h, refill } from "../../base/dom.ts";
import { changeLetter, discard, keep, letterAt, newLetter } from "../../kept/letters.ts";
import { authorKey, whoIs } from "../../kept/person.ts";
import type { Letter, LetterKind, ShownProblem } from "../../kept/types.ts";
import { without } from "../../sending/posting.ts";
import { differenceOf, propertiesOf } from "../../sending/properties.ts";
import { acting, alertOf, problemList } from "../parts.ts";
import { go, placeOf, type View } from "../router.ts";
import { type LetterForm, typed } from "./form.ts";
import { linkFields } from "./links.ts";
import { mediaFields } from "./media.ts";
import { liveFields } from "./streams.ts";
import { tagFields } from "./tags.ts";
import { whenFields } from "./when.ts";

const SOON = 300;

export function newView(kind: string): Promise<View> {
  const known = kind in words.kinds ? (kind as LetterKind) : "text";
  const own = whoIs()?.language ?? "";
  const language = site.languages.includes(own) ? own : "";
  return composeView(newLetter(known, authorKey(), { language, ...(known === "live" ? { live: NEW_STREAM } : {}) }));
}

const NEW_STREAM = { url: "", status: "live", start: "", end: "", recording: "" } as const;

export async function letterView(id: string): Promise<View> {
  const letter = await letterAt(id);
  if (!letter) return { title: words.write, content: [alertOf(words.gone)] };
  if (letter.state === "sent") {
    go(placeOf("waiting"));
    return { title: words.write, content: [] };
  }
  // What waits to be sent is taken back while it is written.
  const writing = await changeLetter(id, (each) => ({ ...without(each, ["next"]), state: "writing" }));
  return composeView(writing ?? letter);
}

async function composeView(first: Letter): Promise<View> {
  const keeper = openKeeper(first);
  const form: LetterForm = keeper;
  const { letter, edit } = keeper;
  const { kind, former } = first;
  const [faults, found] = [h("div"), h("div", { role: "status" })];
  const media = mediaFields(form);
  const when = whenFields(form);
  const save = button(words.publish, () => void send(), { class: "main", id: "send" });
  const showLabel = () => {
    save.textContent = former
      ? words.saveChanges
      : { now: words.publish, later: words.publishLater, draft: words.saveDraft }[letter().when];
  };
  showLabel();

  const send = async () => {
    const fault = faultOf(letter());
    if (fault !== undefined) return refill(faults, alertOf(fault));
    await keeper.send();
    announce(words.waits);
    go(placeOf("waiting"));
  };
  const check = async () => {
    const problems = await problemsOf(letter());
    refill(found, problems.length === 0 ? h("p.notice", words.noProblems) : problemList(problems));
  };
  const throwAway = async () => {
    if (!confirm(former ? words.askDiscardChanges : words.askDiscard)) return;
    await keeper.discard();
    go("#/");
  };

  const text = h(
    "textarea",
    { dir: "auto", rows: kind === "text" ? 8 : 4, input: typed((value) => edit({ text: value })) },
    letter().text,
  );
  const own: Child = kind === "link" ? linkFields(form) : kind === "live" ? liveFields(form) : undefined;
  const title = h("input", {
    type: "text",
    dir: "auto",
    value: letter().title,
    autocomplete: "off",
    input: typed((title) => edit({ title })),
  });
  return {
    title: former ? words.edit : words.kinds[kind],
    content: [
      h("form.letter", { submit: (event) => event.preventDefault(), change: showLabel }, [
        own,
        kind !== "text" && kind !== "link" && kind !== "live" && media.element,
        field(words.title, title),
        field(words.text, text, words.textHint),
        (kind === "text" || kind === "link" || kind === "live") && media.element,
        await tagFields(form),
        site.languages.length > 1 && languageField(form),
        when,
        found,
        faults,
        problemList(first.problems ?? []),
        h("div.actions", save, h("button", { type: "button", click: acting(check) }, words.check)),
        h("p.note", words.kept),
        button(former ? words.discardChanges : words.discard, () => void throwAway(), { class: "quiet" }),
      ]),
    ],
    end: () => {
      media.end();
      keeper.end();
    },
  };
}

function languageField({ letter, edit }: LetterForm): Child {
  const chosen = letter().language || site.languages[0];
  const names = new Intl.DisplayNames([document.documentElement.lang, "en"], { type: "language" });
  const options = site.languages.map((tag) =>
    h("option", { value: tag, selected: tag === chosen }, names.of(tag) ?? tag),
  );
  return field(words.language, h("select", { change: typed((language) => edit({ language })) }, options));
}

/** What keeps it from being sent, if anything. */
function faultOf({ kind, title, text, media, link, live, when, at, former }: Letter): string | undefined {
  const isLink = (url: string) => /^https?:\/\//.test(url.trim()) && URL.canParse(url.trim());
  if (kind === "link" && !isLink(link)) return words.needsLink;
  if (live && !isLink(live.url)) return words.needsLink;
  if (live?.recording && !isLink(live.recording)) return words.needsLink;
  if (when === "later" && at === "") return words.needsTime;
  if (live?.status === "pending" && live.start === "") return words.needsTime;
  const isEmpty = title.trim() === "" && text.trim() === "" && media.length === 0 && link === "" && !live;
  return isEmpty && !former ? words.needsSomething : undefined;
}

async function problemsOf(letter: Letter): Promise<readonly ShownProblem[]> {
  const now = new Date().toISOString();
  const sent = { ...letter, media: letter.media.filter(({ url }) => url !== undefined) };
  const json = letter.former
    ? { action: "update", url: letter.former.url, ...differenceOf(letter.former.properties, sent, now) }
    : { type: ["h-entry"], properties: propertiesOf(sent, now) };
  return (await ask<{ readonly problems: readonly ShownProblem[] }>("check", { json })).body.problems;
}

interface Keeper extends LetterForm {
  readonly send: () => Promise<void>;
  readonly discard: () => Promise<void>;
  readonly end: () => void;
}

/** Nothing typed is lost, whatever happens to the page; a letter in which nothing was typed is not kept. */
function openKeeper(first: Letter): Keeper {
  let letter = first;
  let isDirty = false;
  let isKept = false;
  let timer = 0;
  const save = async (change: Partial<Letter> = {}) => {
    clearTimeout(timer);
    if (!isDirty && Object.keys(change).length === 0) return;
    isDirty = false;
    const written = { ...letter, ...change };
    isKept ||= (await letterAt(letter.id)) !== undefined;
    if (!isKept) await keep(written);
    // Another tab may have sent it meanwhile.
    else await changeLetter(letter.id, (each) => (each.state === "writing" ? { ...each, ...written } : undefined));
    isKept = true;
  };
  const flush = () => void save();
  const hidden = () => document.hidden && flush();
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", hidden);
  return {
    letter: () => letter,
    edit(change) {
      letter = { ...letter, ...change };
      isDirty = true;
      clearTimeout(timer);
      timer = setTimeout(flush, SOON);
    },
    async send() {
      letter = without(letter, ["fault", "problems"]);
      await save({ state: "waiting", tries: 0, next: 0 });
      void navigator.storage?.persist?.();
    },
    async discard() {
      isDirty = false;
      clearTimeout(timer);
      await discard(letter);
    },
    end() {
      flush();
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hidden);
    },
  };
}
