/** Checks that what Hugo wrote is comparable with our documents. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { present } from "../../lib/base/optional.ts";

export interface Checked {
  readonly documents: number;
  /** Why the output is not comparable, if so. */
  readonly fault?: string;
}

interface Feed {
  readonly items: readonly { readonly title: string; readonly content_html: string }[];
}

/** Hugo's documents must be well-formed, and its site feed must have the entries of ours in full. */
export function checkHugo(theirs: string, ours: string): Checked {
  const names = readdirSync(theirs, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(?:xml|json)$/.test(name),
  );
  const documents = names.length;
  for (const name of names) {
    try {
      parse(name, readFileSync(join(theirs, name), "utf8"));
    } catch (error) {
      return { documents, fault: `${name} is not well-formed: ${(error as Error).message}` };
    }
  }
  const [their, our] = [feedIn(theirs), feedIn(ours)];
  const ourContent = new Map(our.items.map(({ title, content_html }) => [title, content_html]));
  const shared = their.items.filter(({ title }) => ourContent.has(title));
  // Posts with the same date may be in another order, so the last entries may differ.
  if (their.items.length !== our.items.length || shared.length < our.items.length - 2) {
    return { documents, fault: `of ${our.items.length} entries it has ${shared.length}` };
  }
  const short = shared.find(
    ({ title, content_html }) => content_html.length < (ourContent.get(title) ?? "").length * 0.8,
  );
  return { documents, ...present({ fault: short && `${short.title} is incomplete` }) };
}

function parse(name: string, text: string): void {
  if (name.endsWith(".json")) {
    JSON.parse(text);
    return;
  }
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(text).close();
}

const feedIn = (folder: string): Feed => JSON.parse(readFileSync(join(folder, "feed.json"), "utf8"));
