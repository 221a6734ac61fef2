/** One use of a construct, and what rendering it may ask for. */
import type { ProblemCode } from "../../problems.ts";
import type { Arguments } from "./arguments.ts";
import type { TemplateContext } from "./expand.ts";
import type { Block } from "./output.ts";

export interface Call {
  /** The name in lower case, without `-` and `_`. */
  readonly key: string;
  readonly kind: "tag" | "shortcode" | "component";
  readonly args: Arguments;
  /** What stands between its two tags, expanded; absent when it has but one. */
  readonly body: string | undefined;
  /** Nothing else stands on its lines. */
  readonly isAlone: boolean;
  /** It stands where Markdown is not read. */
  readonly isHtml: boolean;
}

export interface Tools {
  readonly context: TemplateContext;
  /** What the post gave a name to: assigned, captured, imported. */
  readonly named: Map<string, string>;
  /** Stands where a target would, when it cannot be told: the link around it is taken away later. */
  readonly lost: string;
  readonly warn: (message: string, code?: ProblemCode, about?: About) => void;
  /** The construct as written, shortened. */
  readonly written: string;
}

/** What a warning is about. */
export interface About {
  /** Of several warnings of the same subject one is told; the message, unless it names only one of many. */
  readonly subject?: string;
  /** What is missing may have said what the labels of links mean. */
  readonly hasLinks?: boolean;
}

/** What it says is what it holds. */
export const KEPT = "kept";

/** `undefined`: not known, or nothing without what it lacks. */
export type Output = string | Block | { readonly [KEPT]: true } | undefined;

export const kept: Output = { [KEPT]: true };

export type Render = (call: Call, tools: Tools) => Output;

/** A table by key, from lines that give several names one meaning. */
export function table(...rows: readonly (readonly [names: string, render: Render])[]): ReadonlyMap<string, Render> {
  return new Map(rows.flatMap(([names, render]) => names.split(" ").map((name) => [name, render] as const)));
}

export const keyOf = (name: string): string => name.toLowerCase().replace(/[-_]/g, "");

/** The value of the first of these names that has one. */
export function namedOf({ args }: Call, ...names: readonly string[]): string | undefined {
  return names.map((name) => args.named.get(name)).find((value) => value !== undefined && value.trim() !== "");
}

/** A post named by its file, as a URL; what follows `#` is kept. */
export function targetOf(reference: string, { context, lost, warn, written }: Tools): string {
  const at = reference.indexOf("#");
  const [file, fragment] = at < 0 ? [reference, ""] : [reference.slice(0, at), reference.slice(at)];
  if (file === "" && fragment !== "") return fragment;
  const url = file === "" ? undefined : context.linkTo?.(file);
  if (url !== undefined) return `${url}${fragment}`;
  warn(`the target of ${written} cannot be told`, "template-link", { subject: `target ${reference}` });
  return lost;
}
