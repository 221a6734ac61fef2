/** Parts of documents that several documents share: each carries its digest, which is made once and stands for it in fingerprints. */
import { digest } from "../base/digest.ts";

export type Digested<Part> = Part & { readonly digest: string };

/** `digest` is of all other fields. */
export const digested = <Part extends object>(part: Part): Digested<Part> => ({ ...part, digest: digest(part) });

export const isDigested = (value: unknown): value is Digested<object> =>
  typeof value === "object" && value !== null && "digest" in value && typeof value.digest === "string";
