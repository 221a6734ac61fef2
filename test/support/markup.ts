/** Pages as XML parsers read them. */
import { SaxesParser } from "saxes";

export interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly parent: Element | undefined;
  text: string;
}

/** Every element with all text within it. The XML parser throws at the first error. */
export function elementsOf(page: string): readonly Element[] {
  const parser = new SaxesParser({ xmlns: false });
  const all: Element[] = [];
  const open: Element[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: attributes as { [name: string]: string }, parent: open.at(-1), text: "" };
    all.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    for (const element of open) element.text += text;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(page).close();
  return all;
}
