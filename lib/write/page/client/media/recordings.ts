/** What a video or a sound is: its true size and length, and a picture of a video, by the phone's own player. */
import { present } from "../base/present.ts";
import { drawn, type Prepared } from "./pictures.ts";

/** A player that cannot read a file may never say so. */
const PATIENCE = 15_000;
const POSTER_SIDE = 1280;

export async function prepareVideo(file: Blob, name: string): Promise<Prepared> {
  const facts = await played("video", file, async (video) => {
    const duration = await lengthOf(video);
    const poster = await pictureOf(video, duration).catch(() => undefined);
    // What is shown, a phone's turn of the picture included: portrait is portrait.
    return { width: video.videoWidth, height: video.videoHeight, duration, poster };
  });
  return { blob: file, name, ...present<unknown>({ ...facts }) };
}

export async function prepareSound(file: Blob, name: string): Promise<Prepared> {
  const duration = await played("audio", file, lengthOf);
  return { blob: file, name, ...present<unknown>({ duration }) };
}

/** Nothing, if the browser cannot play it: the server looks at the file itself. */
async function played<Kind extends "video" | "audio", Value>(
  kind: Kind,
  file: Blob,
  look: (player: HTMLElementTagNameMap[Kind]) => Promise<Value>,
): Promise<Value | undefined> {
  const url = URL.createObjectURL(file);
  const player = document.createElement(kind);
  try {
    player.muted = true;
    player.preload = "auto";
    player.setAttribute("playsinline", "");
    player.src = url;
    await happens(player, "loadedmetadata");
    return await look(player);
  } catch {
    return undefined;
  } finally {
    player.removeAttribute("src");
    player.load();
    URL.revokeObjectURL(url);
  }
}

function happens(player: HTMLMediaElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no ${name}`)), PATIENCE);
    const end = (act: () => void) => () => {
      clearTimeout(late);
      act();
    };
    player.addEventListener(name, end(resolve), { once: true });
    player.addEventListener(
      "error",
      end(() => reject(player.error)),
      { once: true },
    );
  });
}

/** What was recorded in a browser has no length written in it, until its end was looked for. */
async function lengthOf(player: HTMLMediaElement): Promise<number | undefined> {
  if (player.duration === Number.POSITIVE_INFINITY) {
    const changed = happens(player, "durationchange");
    player.currentTime = 1e9;
    await changed.catch(() => undefined);
  }
  return Number.isFinite(player.duration) ? Math.round(player.duration * 1000) / 1000 : undefined;
}

/** At its first second, or in the middle of a shorter one. */
async function pictureOf(video: HTMLVideoElement, duration = 2): Promise<Blob> {
  const sought = happens(video, "seeked");
  video.currentTime = Math.min(1, duration / 2);
  await sought;
  if (video.readyState < video.HAVE_CURRENT_DATA) await happens(video, "loadeddata");
  return (await drawn(video, video.videoWidth, video.videoHeight, POSTER_SIDE)).blob;
}
