/** The other objects of the content store, as posts ask for them while they are parsed. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import { LONGEST_TEXT, type OtherObjects } from "../../content/outside.ts";
import { flawOfKey, type ObjectInfo, type Store, StoreUnreadable } from "../../stores/store.ts";
import { lookUp, type Objects } from "./objects.ts";

/** What the posts of one scan share: a text that a thousand of them include is read once. */
export interface Others {
  readonly content: Store;
  /** All objects of the store, where they were listed. */
  readonly listed: Objects | undefined;
  readonly texts: Map<string, Promise<TextObject | undefined>>;
  /** Those that have been read: with them a post need not be parsed again. */
  readonly read: Map<string, TextObject | undefined>;
}

interface TextObject extends Pick<ObjectInfo, "etag" | "size"> {
  readonly text: string;
}

export const openOthers = (content: Store, listed?: Objects): Others => ({
  content,
  listed,
  texts: new Map(),
  read: new Map(),
});

/** What one post has asked for. A parser cannot wait: what is not known yet counts as absent, and the post is parsed again. */
export interface OthersOfPost extends OtherObjects {
  /** Reads what was asked for and is not known yet. False where there is nothing. */
  lookUpMissing(): Promise<boolean>;
  /** Those that exist, of the keys that were asked for. */
  readonly objects: Objects;
}

export function othersOfPost({ content, listed, texts, read: readBefore }: Others): OthersOfPost {
  const found = new Map<string, Pick<ObjectInfo, "etag" | "size">>();
  const read = new Map<string, string | undefined>();
  const known = new Set<string>();
  const missingSizes = new Set<string>();
  const missingTexts = new Set<string>();
  const note = (key: string, object: TextObject | undefined) => {
    read.set(key, object?.text);
    known.add(key);
    if (object) found.set(key, object);
  };
  return {
    objects: listed ?? found,

    sizeOf(key) {
      if (listed) return listed.get(key)?.size;
      if (!known.has(key) && flawOfKey(key) === undefined) missingSizes.add(key);
      return found.get(key)?.size;
    },

    textOf(key) {
      const mayExist = listed?.has(key) ?? flawOfKey(key) === undefined;
      if (!read.has(key) && readBefore.has(key)) note(key, readBefore.get(key));
      if (mayExist && !read.has(key)) missingTexts.add(key);
      return read.get(key);
    },

    async lookUpMissing() {
      if (missingSizes.size + missingTexts.size === 0) return false;
      await forEachAtOnce(missingTexts, async (key) => {
        const reading = texts.get(key) ?? readText(content, key);
        texts.set(key, reading);
        const object = await reading;
        readBefore.set(key, object);
        note(key, object);
      });
      const sizes = [...missingSizes].filter((key) => !known.has(key));
      for (const [key, object] of await lookUp(content, sizes)) found.set(key, object);
      for (const key of sizes) known.add(key);
      missingSizes.clear();
      missingTexts.clear();
      return true;
    },
  };
}

/** `undefined` for an object that is not there, or cannot be read. */
async function readText(content: Store, key: string): Promise<TextObject | undefined> {
  try {
    const object = await content.get(key, undefined, LONGEST_TEXT);
    if (object === undefined || object === "unchanged") return undefined;
    const { etag, body } = object;
    return { etag, size: body.length, text: new TextDecoder().decode(body) };
  } catch (error) {
    if (error instanceof StoreUnreadable) return undefined;
    throw error;
  }
}
