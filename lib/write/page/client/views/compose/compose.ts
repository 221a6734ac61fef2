/** Where a post is written: a new one, one that was begun, or a former one that is edited. */
import { site } from "../../base/data.ts";
import { announce, button, type Child, field, h, refill } from "../../base/dom.ts";
import { authorKey, isMine, whoIs } from "../../kept/person.ts";
import { changePost, newPost, postAt, without } from "../../kept/posts.ts";
import type { KeptPost, PostKind } from "../../kept/types.ts";
import { acting, alertOf, problemList, saidOf } from "../parts.ts";
import { go, placeOf, type View } from "../router.ts";
import { faultOf, problemsOf } from "./checks.ts";
import { type ComposeForm, typed } from "./form.ts";
import { openKeeper } from "./keeper.ts";
import { linkFields } from "./links.ts";
import { mediaFields } from "./media.ts";
import { liveFields } from "./streams.ts";
import { tagFields } from "./tags.ts";
import { whenFields } from "./when.ts";

export function newView(kind: string): Promise<View> {
  const known = Object.hasOwn(words.kinds, kind) ? (kind as PostKind) : "text";
  const own = whoIs()?.language ?? "";
  const when = whoIs()?.role === "drafts" ? "draft" : "now";
  const language = site.languages.includes(own) ? own : "";
  return composeView(
    newPost(known, authorKey(), { language, when, ...(known === "live" ? { live: NEW_STREAM } : {}) }),
  );
}

const NEW_STREAM = { url: "", status: "live", start: "", end: "", recording: "" } as const;

export async function resumeView(id: string): Promise<View> {
  const post = await postAt(id);
  if (!post || !isMine(post)) return { title: words.write, content: [alertOf(words.gone)] };
  if (post.state === "sent") {
    go(placeOf("waiting"));
    return { title: words.write, content: [] };
  }
  // What waits to be sent is taken back while it is written.
  const writing = await changePost(id, (each) => ({ ...without(each, ["next"]), state: "writing" }));
  return composeView(writing ?? post);
}

async function composeView(first: KeptPost): Promise<View> {
  const keeper = openKeeper(first, (error) => refill(faults, alertOf(saidOf(error))));
  const form: ComposeForm = keeper;
  const { post, edit } = keeper;
  const { kind, former } = first;
  const isOfMedia = Object.hasOwn(words.addMedia, kind);
  const [faults, found] = [h("div"), h("div", { role: "status" })];
  const media = mediaFields(form);
  const when = whenFields(form);
  const save = button(
    words.publish,
    acting(() => send()),
    { class: "main", id: "send" },
  );
  const showLabel = () => {
    save.textContent = former
      ? words.saveChanges
      : { now: words.publish, later: words.publishLater, draft: words.saveDraft }[post().when];
  };
  showLabel();

  const send = async () => {
    const fault = faultOf(post());
    refill(faults);
    if (fault !== undefined) return refill(faults, alertOf(fault));
    await keeper.send();
    announce(words.waits);
    // Whoever goes back would take it back.
    location.replace(placeOf("waiting"));
  };
  const check = async () => {
    const problems = await problemsOf(post());
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
      h("form", { submit: (event) => event.preventDefault(), change: showLabel }, [
        own,
        isOfMedia && media.element,
        field(words.title, title),
        field(words.text, text, words.textHint),
        !isOfMedia && media.element,
        await tagFields(form),
        site.languages.length > 1 && languageField(form),
        when,
        found,
        faults,
        problemList(first.problems ?? []),
        h("div.actions", save, button(words.check, acting(check))),
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
  const chosen = post().language || site.languages[0];
  const names = new Intl.DisplayNames([document.documentElement.lang, "en"], { type: "language" });
  const options = site.languages.map((tag) =>
    h("option", { value: tag, selected: tag === chosen }, names.of(tag) ?? tag),
  );
  return field(words.language, h("select", { change: typed((language) => edit({ language })) }, options));
}
