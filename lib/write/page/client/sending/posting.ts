/** A letter → its post: first its files, then one request, which the server does once however often it is asked. */
import { ask, NoAnswer, Refusal } from "../base/api.ts";
import { changeLetter, dropFiles, fileAt, letterAt, without } from "../kept/letters.ts";
import { isStillMe } from "../kept/person.ts";
import type { Letter, LetterMedia, Mf2Properties, ShownProblem } from "../kept/types.ts";
import type { Done } from "./asking.ts";
import { sendChange } from "./changes.ts";
import { differenceOf, propertiesOf } from "./properties.ts";
import { Expired, upload } from "./upload.ts";

/** `true` once the server has it; `false` if its author took it back meanwhile. */
export async function post(id: string, progress: (done: number) => void): Promise<boolean> {
  if (!(await sendMedia(id, progress))) return false;
  const letter = await letterAt(id);
  if (letter?.state !== "waiting" || !(await isStillMe())) return false;
  const done = letter.former ? await sendChange(letter, letter.former) : await sendNew(letter);
  if (done === undefined) return false;
  // Its author may have taken it back while it was asked for: what was asked is kept, and counts when it is sent again.
  const sent = await changeLetter(id, (now) => {
    if (now.state !== "waiting") return undefined;
    const { url = now.url, problems = [] } = done;
    const rest = without(now, ["tried", "next", "fault", "status"]);
    return { ...rest, state: "sent", sent: Date.now(), tries: 0, problems, ...(url === undefined ? {} : { url }) };
  });
  if (!sent) return false;
  await dropFiles(letter.media);
  return true;
}

async function sendMedia(id: string, progress: (done: number) => void): Promise<boolean> {
  const letter = await letterAt(id);
  const total = letter?.media.reduce((sum, { size }) => sum + size, 0) ?? 0;
  let before = 0;
  for (const medium of letter?.media ?? []) {
    const done = (part: number) => progress(total === 0 ? 0 : (before + part * medium.size) / total);
    if (!(await sendMedium(id, medium, done))) return false;
    before += medium.size;
    done(0);
  }
  return true;
}

/** Its poster first: an address of a video without its picture would be of no use. */
async function sendMedium(id: string, medium: LetterMedia, progress: (done: number) => void): Promise<boolean> {
  const edit = (change: Partial<LetterMedia>) =>
    changeLetter(id, (letter) => ({
      ...letter,
      media: letter.media.map((each) => (each.id === medium.id ? { ...each, ...change } : each)),
    }));
  const isMeant = async () => (await letterAt(id))?.state === "waiting" && (await isStillMe());
  const keep = async () => {};
  if (medium.poster !== undefined && medium.posterUrl === undefined) {
    const blob = await fileAt(medium.poster);
    const poster = { name: "poster.jpg", type: "image/jpeg", keep, progress: () => {}, isMeant };
    const posterUrl = blob && (await upload({ blob, ...poster }));
    if (posterUrl !== undefined) await edit({ posterUrl });
  }
  if (medium.url !== undefined) return isMeant();
  const blob = await fileAt(medium.id);
  if (!blob) throw new Refusal(404, "missing", `${medium.name}: this phone has the file no more; add it again`);
  const { name, type, upload: begun } = medium;
  try {
    const url = await upload({
      ...{ blob, name, type, begun, progress, isMeant },
      keep: async (started) => void (await edit({ upload: started })),
    });
    if (url === undefined) return false;
    await edit({ url });
    return isMeant();
  } catch (error) {
    if (!(error instanceof Expired)) throw error;
    // One that was begun just now is tried again later, and not at once without end.
    if (!begun) throw new NoAnswer();
    await changeLetter(id, (letter) => ({
      ...letter,
      media: letter.media.map((each) => {
        const { upload: _, ...rest } = each;
        return each.id === medium.id ? rest : each;
      }),
    }));
    const fresh = (await letterAt(id))?.media.find((each) => each.id === medium.id);
    return fresh ? sendMedium(id, fresh, progress) : false;
  }
}

/**
 * The request is kept as it is asked first. If its answer was lost and the letter was changed since, the same is asked again, by which
 * the post is found or made, and then the change.
 */
async function sendNew(letter: Letter): Promise<Done | undefined> {
  const now = new Date().toISOString();
  const properties = propertiesOf(letter, now);
  const body = letter.tried ?? JSON.stringify({ type: ["h-entry"], properties });
  const kept = await changeLetter(letter.id, (each) =>
    each.state === "waiting" ? { ...each, tried: body } : undefined,
  );
  if (!kept) return undefined;
  const tried = JSON.parse(body) as { readonly properties: Mf2Properties };
  const { url, problems } = await create(letter, tried);
  const difference = differenceOf(tried.properties, letter, now);
  if (difference === undefined || url === undefined) return { ...(url === undefined ? {} : { url }), problems };
  const changed = await ask<Done>("micropub", { json: { action: "update", url, ...difference } });
  return { url: changed.header("location") ?? url, problems: changed.body?.problems ?? [] };
}

interface Created {
  readonly url: string | undefined;
  readonly problems: readonly ShownProblem[];
}

async function create(letter: Letter, json: unknown): Promise<Created> {
  try {
    const { body, header } = await ask<Done>("micropub", { json, headers: { "idempotency-key": letter.id } });
    return { url: header("location") ?? body?.url, problems: body?.problems ?? [] };
  } catch (error) {
    // Refused for good: nothing was made, and the letter may be changed.
    if (error instanceof Refusal && error.status >= 400 && error.status < 500 && error.status !== 429)
      await changeLetter(letter.id, (each) => without(each, ["tried"]));
    throw error;
  }
}
