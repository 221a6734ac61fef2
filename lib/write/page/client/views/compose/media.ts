/** Pictures, videos and sounds of a post: chosen, prepared on the phone, described. */
import { filled } from "../../base/data.ts";
import { announce, button, field, h, newId, refill } from "../../base/dom.ts";
import { dropFiles, fileAt, keepFile } from "../../kept/posts.ts";
import type { MediaProperty, PostMedia } from "../../kept/types.ts";
import { type Prepared, preparePicture } from "../../media/pictures.ts";
import { prepareSound, prepareVideo } from "../../media/recordings.ts";
import { alertOf, say } from "../parts.ts";
import { type ComposeForm, typed } from "./form.ts";

const KINDS: readonly {
  readonly property: MediaProperty;
  readonly accept: string;
  readonly prepare: (file: File) => Promise<Prepared>;
}[] = [
  { property: "photo", accept: "image/*", prepare: preparePicture },
  { property: "video", accept: "video/*", prepare: prepareVideo },
  { property: "audio", accept: "audio/*", prepare: prepareSound },
];

export interface MediaFields {
  readonly element: HTMLElement;
  /** Whoever sends the post meanwhile means what they chose. Throws for files that cannot be taken. */
  readonly ready: () => Promise<void>;
  readonly end: () => void;
}

export function mediaFields({ post, edit }: ComposeForm): MediaFields {
  const urls = new Map<string, string>();
  const list = h("ul.media");
  const show = () => refill(list, post().media.map(item));
  const put = (id: string, change: Partial<PostMedia>) =>
    edit({ media: post().media.map((each) => (each.id === id ? { ...each, ...change } : each)) });

  const item = (medium: PostMedia, place: number) => {
    const { id, property, alt, former } = medium;
    // Those that are on the site have names that the site gave them.
    const name = former === undefined ? medium.name : `${words.kinds[property]} ${place + 1}`;
    const remove = () => {
      edit({ media: post().media.filter((each) => each.id !== id) });
      if (former === undefined) void dropFiles([medium]);
      show();
      announce(filled(words.removed, { name }));
    };
    const describe = h("textarea", { dir: "auto", rows: 2, input: typed((value) => put(id, { alt: value })) }, alt);
    const picture = h("div.shown");
    void shownOf(medium, urls).then((element) => element && picture.append(element));
    return h("li", [
      picture,
      h("p.note", `${name}${factsOf(medium)}`),
      property !== "audio" && field(property === "photo" ? words.alt : words.altVideo, describe),
      button(words.remove, remove, { class: "quiet", "aria-label": `${words.remove}: ${name}` }),
    ]);
  };

  /** What fails, of all that is made ready now. */
  let taking: Promise<readonly string[]> | undefined;
  const take = async (files: readonly File[], { property, prepare }: (typeof KINDS)[number]) => {
    const failed = [...((await taking) ?? [])];
    say(list, h("p.notice", { role: "status" }, words.preparing));
    for (const file of files) {
      try {
        const { blob, poster, ...facts } = await prepare(file);
        const id = await keepFile(blob);
        const posterId = poster && (await keepFile(poster));
        const taken = { id, property, alt: "", type: blob.type || file.type, size: blob.size, ...facts };
        edit({ media: [...post().media, { ...taken, ...(posterId === undefined ? {} : { poster: posterId }) }] });
      } catch (error) {
        const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
        failed.push(filled(isFull ? words.noRoom : words.unreadable, { name: file.name }));
      }
    }
    say(list, failed.map(alertOf));
    show();
    return failed;
  };

  const chooser = (kind: (typeof KINDS)[number]) => {
    const id = newId();
    const change = (event: Event) => {
      const input = event.target as HTMLInputElement;
      const files = [...(input.files ?? [])];
      input.value = ""; // so that the same file can be chosen again
      const mine = take(files, kind);
      taking = mine;
      void mine.finally(() => {
        if (taking === mine) taking = undefined;
      });
    };
    const input = h("input", { type: "file", id, class: "far", accept: kind.accept, multiple: true, change });
    return h("div.chooser", input, h("label.button", { for: id }, words.addMedia[kind.property]));
  };

  show();
  const own = KINDS.find(({ property }) => property === post().kind);
  const ordered = own ? [own, ...KINDS.filter((kind) => kind !== own)] : KINDS;
  return {
    element: h("fieldset", h("legend", words.media), list, h("div.choosers", ordered.map(chooser))),
    async ready() {
      const failed = await taking;
      if (failed?.length) throw new Error(failed.join(" "));
    },
    end() {
      for (const url of urls.values()) URL.revokeObjectURL(url);
    },
  };
}

function factsOf({ size, width, height, duration, former }: PostMedia): string {
  if (former !== undefined) return "";
  const side = width === undefined ? "" : ` · ${width} × ${height}`;
  const length = duration === undefined ? "" : ` · ${Math.round(duration)} s`;
  const bytes = size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
  return ` · ${bytes}${side}${length}`;
}

async function shownOf(medium: PostMedia, urls: Map<string, string>): Promise<HTMLElement | undefined> {
  const { id, property, poster, url } = medium;
  if (property === "audio") return undefined;
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
