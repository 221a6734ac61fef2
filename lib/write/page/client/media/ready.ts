/** A file as it was chosen → as it is sent: made ready once in a tab, whether its form asks or who sends it. */
import { changeFile, fileAt, keepFile } from "../kept/posts.ts";
import type { MediaProperty, PostMedia } from "../kept/types.ts";
import { faultOf } from "./limits.ts";
import { type Prepared, preparePicture } from "./pictures.ts";
import { withoutPlace } from "./place.ts";
import { prepareSound, prepareVideo } from "./recordings.ts";

const PREPARE: { readonly [property in MediaProperty]: (file: Blob, name: string) => Promise<Prepared> } = {
  photo: preparePicture,
  video: prepareVideo,
  audio: prepareSound,
};

type Readiness = Partial<PostMedia>;

const arriving = new Map<string, Promise<Readiness>>();
const made = new Map<string, Promise<Readiness>>();
let last: Promise<unknown> = Promise.resolve();

/** Before anything else is done with it: it is there still when the page is opened anew. Never fails. */
export function keepChosen(id: string, file: File, property: MediaProperty): Promise<Readiness> {
  const kept = keepWithoutPlace(id, file, property).catch((error: unknown): Readiness => {
    const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
    return { state: isFull ? "noRoom" : "unreadable" };
  });
  arriving.set(id, kept);
  return kept;
}

async function keepWithoutPlace(id: string, file: File, property: MediaProperty): Promise<Readiness> {
  await keepFile(property === "video" ? await withoutPlace(file) : file, id);
  return {};
}

/** What is known of it by then; never fails. One after the other: phones have little memory. */
export function madeReady(medium: PostMedia): Promise<Readiness> {
  const known = made.get(medium.id);
  if (known) return known;
  const ready = last.then(() => make(medium)).catch((): Readiness => ({ state: "unreadable" }));
  made.set(medium.id, ready);
  last = ready;
  return ready;
}

async function make({ id, property, name, type }: PostMedia): Promise<Readiness> {
  const kept = await arriving.get(id);
  if (kept?.state) return kept;
  const file = await fileAt(id);
  if (!file) return { state: "fileGone" };
  const { blob, poster, ...facts } = await PREPARE[property](file, name);
  const ready = { ...facts, type: blob.type || type, size: blob.size };
  const state = faultOf(property, ready.type, ready.size);
  if (state) return { state };
  try {
    // One that was removed meanwhile does not come back.
    if (blob !== file && !(await changeFile(id, blob))) return {};
    return { ...ready, state: undefined, ...(poster && { poster: await keepFile(poster) }) };
  } catch {
    return { state: "noRoom" };
  }
}
