/** Documents as readers take them: strictly. */
import { SaxesParser } from "saxes";
import { expect } from "vitest";

/** Why it is not well-formed; `undefined` when it is. */
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

/** Feeds, OPML and pages are XML, feeds and lists JSON; the head tags alone are a piece of HTML. */
export function expectWellFormed(documents: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(documents)) {
    if (path === "autodiscovery.html") continue;
    expect({ path, error: path.endsWith(".json") ? jsonError(text) : xmlError(text) }).toEqual({ path });
  }
}
