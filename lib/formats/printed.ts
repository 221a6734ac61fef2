/** Parts of documents that several documents share: each carries its print, a digest that is made once and stands for it. */
import { digest } from "../base/digest.ts";

export type Printed<Part> = Part & { readonly print: string };

/** `print` is of all other fields. */
export const printed = <Part extends object>(part: Part): Printed<Part> => ({ ...part, print: digest(part) });

export const isPrinted = (value: unknown): value is Printed<object> =>
  typeof value === "object" && value !== null && "print" in value && typeof value.print === "string";
