/** The letters on this phone, and who is told when one changes: this tab, and the others. */
import { ask } from "../base/api.ts";
import { all, change, get, put, remove } from "./database.ts";
import { EMPTY } from "./empty.ts";
import type { KeptFile, Letter, LetterContent, LetterKind, LetterMedia } from "./types.ts";

/** So many that were sent are shown. */
const MOST_SENT = 5;

const listeners = new Set<() => void>();
const channel = new BroadcastChannel("dripfeed");
channel.onmessage = () => tellHere();

const tellHere = (): void => {
  for (const listener of listeners) listener();
};

export function tell(): void {
  tellHere();
  channel.postMessage("changed");
}

/** Returns what ends it. */
export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function newLetter(kind: LetterKind, by: string, written: Partial<LetterContent> = {}): Letter {
  const id = crypto.randomUUID();
  return { ...EMPTY, ...written, id, kind, by, made: Date.now(), state: "writing", tries: 0 };
}

/** Newest first. */
export const letters = async (): Promise<readonly Letter[]> =>
  [...(await all<Letter>("letters"))].sort((a, b) => b.made - a.made);

export const letterAt = (id: string): Promise<Letter | undefined> => get<Letter>("letters", id);

export async function keep(letter: Letter): Promise<void> {
  await put("letters", letter);
  tell();
}

export async function changeLetter(
  id: string,
  edit: (letter: Letter) => Letter | undefined,
): Promise<Letter | undefined> {
  const changed = await change<Letter>("letters", id, edit);
  if (changed) tell();
  return changed;
}

export async function discard(letter: Letter): Promise<void> {
  // What has arrived of a file is of no use to anybody; where nobody answers, it expires.
  for (const { upload, url } of letter.media)
    if (upload && url === undefined) ask(`uploads/${upload.id}`, { method: "DELETE" }).catch(() => undefined);
  await remove("letters", letter.id);
  await dropFiles(letter.media);
  tell();
}

/** What was sent needs its files no more; of the letters themselves the last few stay, to show how they fared. */
export async function tidy(): Promise<void> {
  const sent = (await letters()).filter(({ state }) => state === "sent");
  sent.sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0));
  for (const letter of sent.slice(MOST_SENT)) await discard(letter);
}

export async function dropFiles(media: readonly LetterMedia[]): Promise<void> {
  for (const { id, poster } of media) {
    await remove("files", id);
    if (poster !== undefined) await remove("files", poster);
  }
}

export async function keepFile(blob: Blob): Promise<string> {
  const id = crypto.randomUUID();
  await put("files", { id, blob } as KeptFile);
  return id;
}

export const fileAt = async (id: string): Promise<Blob | undefined> => (await get<KeptFile>("files", id))?.blob;

export function without(letter: Letter, names: readonly (keyof Letter)[]): Letter {
  const copy: { -readonly [name in keyof Letter]?: Letter[name] } = { ...letter };
  for (const name of names) delete copy[name];
  return copy as Letter;
}
