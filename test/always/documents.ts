/** Parses documents as strictly as the strictest readers do. */
import { SaxesParser } from "saxes";
import { expect } from "vitest";

/** The first error, or `undefined` when the document is well-formed. */
export function xmlError(xml: string): string | undefined {
  const parser = new SaxesParser({ xmlns: true });
  let first: string | undefined;
  parser.on("error", ({ message }) => {
    first ??= message;
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    first ??= (error as Error).message;
  }
  return first;
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Every document is XML or JSON, except `autodiscovery.html`, which is a fragment of HTML. */
export function expectWellFormed(documents: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(documents)) {
    if (path === "autodiscovery.html") continue;
    expect({ path, error: path.endsWith(".json") ? jsonError(text) : xmlError(text) }).toEqual({ path });
  }
}
