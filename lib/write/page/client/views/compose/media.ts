/** Pictures, videos and sounds of a post: chosen, prepared on the phone, described. */
import { filled } from "../../base/data.ts";
import { announce, button, field, h, newId, refill } from "../../base/dom.ts";
import { dropFiles, fileAt } from "../../kept/posts.ts";
import type { MediaProperty, PostMedia } from "../../kept/types.ts";
import { mediumFault, shownSize } from "../../media/faults.ts";
import { faultOf, propertyOf } from "../../media/limits.ts";
import { keepChosen, madeReady } from "../../media/ready.ts";
import { alertOf } from "../parts.ts";
import { type ComposeForm, typed } from "./form.ts";

const KINDS: readonly { readonly property: MediaProperty; readonly accept: string }[] = [
  { property: "photo", accept: "image/*" },
  { property: "video", accept: "video/*" },
  { property: "audio", accept: "audio/*" },
];

export interface MediaFields {
  readonly element: HTMLElement;
  /** Once all that was chosen is on the shelf, from where it is made ready even if the page is opened anew. */
  readonly kept: () => Promise<unknown>;
  /** Goes to a file that cannot be sent, and says whether there is one. */
  readonly showFault: () => boolean;
  readonly end: () => void;
}

export function mediaFields({ post, edit }: ComposeForm): MediaFields {
  const urls = new Map<string, string>();
  const looks = new Map<string, () => void>();
  const copies: Promise<unknown>[] = [];
  let isOver = false;
  const list = h("ul.media");
  const show = () => refill(list, post().media.map(item));
  const put = (id: string, change: Partial<PostMedia>) => {
    edit({ media: post().media.map((each) => (each.id === id ? { ...each, ...change } : each)) });
  };

  const item = (medium: PostMedia, place: number) => {
    const { id, property, alt, former } = medium;
    const now = () => post().media.find((each) => each.id === id) ?? medium;
    // Those that are on the site have names that the site gave them.
    const nameOf = () => (former === undefined ? now().name : `${words.kinds[property]} ${place + 1}`);
    const remove = () => {
      const name = nameOf();
      if (former === undefined) void dropFiles([now()]);
      edit({ media: post().media.filter((each) => each.id !== id) });
      show();
      announce(filled(words.removed, { name }));
    };
    const describe = h("textarea", { dir: "auto", rows: 2, input: typed((value) => put(id, { alt: value })) }, alt);
    const [picture, facts, wrong] = [h("div.shown"), h("p.note"), h("div")];
    const description = field(words.alt, describe);
    const look = () => {
      const fault = mediumFault(now());
      facts.textContent = nameOf() + factsOf(now());
      description.hidden = property === "audio" || fault !== undefined;
      refill(wrong, fault !== undefined && alertOf(fault));
      void shownOf(now(), urls).then((element) => element && picture.replaceChildren(element));
    };
    looks.set(id, look);
    look();
    const removal = { class: "quiet", id: `remove-${id}`, "aria-label": `${words.remove}: ${nameOf()}` };
    return h("li", picture, facts, wrong, description, button(words.remove, remove, removal));
  };

  const finish = async (medium: PostMedia) => {
    const change = await madeReady(medium);
    if (isOver) return;
    // Removed meanwhile, and so was what was on the shelf by then.
    if (!post().media.some(({ id }) => id === medium.id)) return dropFiles([{ ...medium, ...change }]);
    put(medium.id, change);
    looks.get(medium.id)?.();
  };

  const take = (files: readonly File[], button: MediaProperty) => {
    const chosen = files.map((file) => {
      const { name, type, size } = file;
      const [id, property] = [crypto.randomUUID(), propertyOf(type, button)];
      const state = faultOf(property, type, size) ?? "preparing";
      return { file, medium: { id, property, alt: "", name, type, size, state } as PostMedia };
    });
    edit({ media: [...post().media, ...chosen.map(({ medium }) => medium)] });
    show();
    const begun = chosen.filter(({ medium }) => medium.state === "preparing");
    if (begun.length > 0) announce(words.preparing);
    copies.push(...begun.map(({ file, medium }) => keepChosen(medium.id, file, medium.property)));
    for (const { medium } of begun) void finish(medium);
  };

  const chooser = (kind: (typeof KINDS)[number]) => {
    const id = newId();
    const change = (event: Event) => {
      const input = event.target as HTMLInputElement;
      const files = [...(input.files ?? [])];
      input.value = ""; // so that the same file can be chosen again
      take(files, kind.property);
    };
    const input = h("input", { type: "file", id, class: "far", accept: kind.accept, multiple: true, change });
    return h("div.chooser", input, h("label.button", { for: id }, words.addMedia[kind.property]));
  };

  show();
  // The page was opened anew before they were ready.
  for (const medium of post().media) if (medium.state === "preparing") void finish(medium);
  const own = KINDS.find(({ property }) => property === post().kind);
  const ordered = own ? [own, ...KINDS.filter((kind) => kind !== own)] : KINDS;
  return {
    element: h("fieldset", h("legend", words.media), list, h("div.choosers", ordered.map(chooser))),
    kept: () => Promise.all(copies),
    showFault() {
      const faulty = post().media.find((each) => mediumFault(each) !== undefined);
      if (faulty) document.getElementById(`remove-${faulty.id}`)?.focus();
      return faulty !== undefined;
    },
    end() {
      isOver = true;
      for (const url of urls.values()) URL.revokeObjectURL(url);
    },
  };
}

function factsOf({ size, width, height, duration, former, state }: PostMedia): string {
  if (former !== undefined) return "";
  if (state) return state === "preparing" ? ` · ${words.preparing}` : "";
  const side = width === undefined ? "" : ` · ${width} × ${height}`;
  const length = duration === undefined ? "" : ` · ${Math.round(duration)} s`;
  return ` · ${shownSize(size)}${side}${length}`;
}

async function shownOf(medium: PostMedia, urls: Map<string, string>): Promise<HTMLElement | undefined> {
  const { id, property, poster, url, state } = medium;
  if (property === "audio" || state) return undefined;
  const file = property === "photo" ? id : poster;
  const local = file === undefined ? undefined : (urls.get(file) ?? (await localUrl(file, urls)));
  const src = local ?? (property === "photo" ? url : undefined);
  return src === undefined ? undefined : h("img", { src, alt: "" });
}

async function localUrl(file: string, urls: Map<string, string>): Promise<string | undefined> {
  const blob = await fileAt(file);
  if (!blob) return undefined;
  const url = URL.createObjectURL(blob);
  urls.set(file, url);
  return url;
}
