/** How this process shows reports: in colour where that is wanted, with paths and commands as people type them. */
import { join } from "node:path";
import { parseS3Name } from "../stores/name.ts";
import type { ReportView } from "../terminal/report.ts";
import { paint } from "./console.ts";
import { asCallerTyped, STORE_NAMES, type StoreName } from "./options.ts";
import { isCheckout, typed } from "./typed.ts";

type StoreFlags = { readonly [name in StoreName]?: string | undefined };

/** The stores that were given, as they were typed. */
export const storeWords = (values: StoreFlags, names: readonly StoreName[] = STORE_NAMES): readonly string[] =>
  names.flatMap((name) => (values[name] ? [`--${name}`, values[name]] : []));

/** `folder` is the public store's own name. */
export function reportView(values: StoreFlags, folder?: string): ReportView {
  const asTyped = (words: readonly string[]) => typed(words, process.env);
  const content = storeWords(values, ["content"]);
  const isFolder = folder !== undefined && parseS3Name(folder) === undefined;
  const purpose = `is what to put on the web${isCheckout(process.env) ? ": docs/hosts.md says how" : ", at these addresses"}`;
  return {
    paint,
    check: asTyped(["check", ...content]),
    openable: isFolder ? (path) => asCallerTyped(join(folder, path)) : undefined,
    next: [
      ...(isFolder ? [[asTyped(["dev", ...content]), "to look at it in a browser"] as const] : []),
      ...(folder === undefined ? [] : [[isFolder ? asCallerTyped(folder) : folder, purpose] as const]),
    ],
  };
}
