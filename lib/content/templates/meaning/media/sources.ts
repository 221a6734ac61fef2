/** The address of the picture, film or sound that a call shows. */
import type { Call, Output, Tools } from "../../types.ts";
import { namedOf } from "../call.ts";
import { inert } from "../output.ts";

/** A word without a dot or a slash may be the name of a variable, whose value is not known. */
export const isAddress = (text: string): boolean => /[./]/.test(text) && !text.includes("\n");

export function sourceOf({ kind, args }: Call): string | undefined {
  const named = SOURCES.map((name) => args.named.get(name)).find((value) => value?.trim());
  if (named !== undefined && (kind !== "tag" || isAddress(named))) return named;
  return (kind === "tag" ? args.words : args.words.slice(0, 1)).find(isAddress);
}

const SOURCES = ["src", "url", "image", "path", "image_path", "imagepath", "file", "filename", "img", "source"];

/** What words among the arguments of a tag are: an address, a file, a flag. */
export const ADDRESS = /^(?:[a-z]+:\/\/|\/|\.{1,2}\/|#|mailto:)\S*$/i;
/** Read from the end, so that not each extension is followed to it. */
export const isFile = (word: string): boolean => /$(?<=\.\w{2,5}(?:[?#]\S*)?)/.test(word) || ADDRESS.test(word);
export const isFlag = (word: string): boolean => /^(?:true|false)$/.test(word);

/** Of a component without an address its words stay; a tag or shortcode without one is treated as not known. */
export function missing(call: Call, { warn, written, lost }: Tools): Output {
  if (call.kind !== "component") return undefined;
  warn(`the target of ${written} is not known`, "template-link");
  const words = namedOf(call, "alt", "caption", "title");
  return words === undefined ? lost : inert(words);
}
