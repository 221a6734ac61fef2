/** Where a post is written: a new one, one that was begun, or a former one that is edited. */
import { language, languageName, site } from "../../base/data.ts";
import { announce, button, type Child, field, h, refill, select } from "../../base/dom.ts";
import { shownFault } from "../../base/faults.ts";
import { authorKey, isMine, whoIs } from "../../kept/person.ts";
import { changePost, newPost, postAt, without } from "../../kept/posts.ts";
import type { KeptPost, PostKind } from "../../kept/types.ts";
import { acting, alertFor, alertOf, problemList, say } from "../parts.ts";
import { go, placeOf, type View } from "../router.ts";
import { missingIn, problemsOf } from "./checks.ts";
import { type ComposeForm, typed } from "./form.ts";
import { openKeeper } from "./keeper.ts";
import { linkFields } from "./links.ts";
import { mediaFields } from "./media.ts";
import { liveFields } from "./streams.ts";
import { tagFields } from "./tags.ts";
import { isPast, whenFields } from "./when.ts";

export function newView(kind: string): Promise<View> {
  const known = Object.hasOwn(words.kinds, kind) ? (kind as PostKind) : "text";
  const own = whoIs()?.language ?? "";
  const when = whoIs()?.role === "drafts" ? "draft" : "now";
  const language = site.languages.includes(own) ? own : "";
  return composeView(
    newPost(known, authorKey(), { language, when, ...(known === "live" ? { live: NEW_STREAM } : {}) }),
    true,
  );
}

const NEW_STREAM = { url: "", status: "live", start: "", end: "", recording: "" } as const;

export async function resumeView(id: string): Promise<View> {
  const post = await postAt(id);
  if (!post || !isMine(post)) return { title: words.write, content: [alertOf(words.gone)] };
  // What waits to be sent is taken back while it is written, unless it went in this moment.
  const writing = await changePost(id, (each) =>
    each.state === "sent" ? undefined : { ...without(each, ["next"]), state: "writing" },
  );
  if (writing) return composeView(writing);
  go(placeOf("waiting"));
  return { title: words.write, content: [] };
}

async function composeView(first: KeptPost, isNew = false): Promise<View> {
  const keeper = openKeeper(first, isNew, (error) => say(buttons, alertFor(error)));
  const form: ComposeForm = keeper;
  const { post, edit } = keeper;
  const { kind, former, fault, problems = [] } = first;
  const isOfMedia = Object.hasOwn(words.addMedia, kind);
  const media = mediaFields(form);
  const when = whenFields(form);
  const save = button(
    words.publish,
    acting(() => send()),
    { class: "main", id: "send" },
  );
  const buttons = h(
    "div.actions",
    save,
    button(
      words.check,
      acting((pressed) => check(pressed)),
    ),
  );
  const before = h("div", fault && alertOf(shownFault(fault)), problemList(problems));
  const showLabel = () => {
    save.textContent = former
      ? words.saveChanges
      : { now: words.publish, later: words.publishLater, draft: words.saveDraft }[isPast(post()) ? "now" : post().when];
  };
  showLabel();

  const send = async () => {
    const missing = missingIn(post());
    if (missing !== undefined) throw new Error(missing);
    // They are on the shelf soon, and made ready by whoever sends the post.
    await media.kept();
    if (media.showFault()) return;
    await keeper.send();
    announce(words.waits);
    // Whoever goes back would take it back.
    location.replace(placeOf("waiting"));
  };
  const check = async (pressed: HTMLElement) => {
    refill(before);
    const found = await problemsOf(post());
    say(pressed, found.length === 0 ? h("p.notice", words.noProblems) : problemList(found));
    if (found.length === 0) announce(words.noProblems);
  };
  const throwAway = async () => {
    if (!confirm(former ? words.askDiscardChanges : words.askDiscard)) return;
    await keeper.discard();
    go("#/");
  };

  const text = h(
    "textarea",
    { dir: "auto", rows: kind === "text" ? 8 : 4, input: typed((value) => edit({ text: value })) },
    post().text,
  );
  const own: Child = kind === "link" ? linkFields(form) : kind === "live" ? liveFields(form) : undefined;
  const title = h("input", {
    type: "text",
    dir: "auto",
    value: post().title,
    autocomplete: "off",
    input: typed((title) => edit({ title })),
  });
  return {
    title: former ? words.edit : words.kinds[kind],
    content: [
      h("form", { submit: (event) => event.preventDefault(), input: showLabel }, [
        own,
        isOfMedia && media.element,
        field(words.title, title),
        field(words.text, text, words.textHint),
        !isOfMedia && media.element,
        await tagFields(form),
        site.languages.length > 1 && languageField(form),
        when,
        before,
        buttons,
        h("p.note", words.kept),
        button(former ? words.discardChanges : words.discard, acting(throwAway), { class: "quiet" }),
      ]),
    ],
    end: () => {
      media.end();
      keeper.end();
    },
  };
}

function languageField({ post, edit }: ComposeForm): Child {
  const chosen = post().language || (site.languages[0] ?? "");
  const options = site.languages.map((tag) => [tag, languageName(tag, language)] as const);
  return field(words.language, select(options, chosen, { change: typed((tag) => edit({ language: tag })) }));
}
