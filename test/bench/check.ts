/** Is what Hugo wrote worth measuring against? */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";

export interface Checked {
  readonly documents: number;
  /** Why it is not, if it is not. */
  readonly fault?: string;
}

interface Feed {
  readonly items: readonly { readonly title: string; readonly content_html: string }[];
}

/** Everything is well-formed, and the site's own feed holds the entries that ours does, in full. */
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
  const known = new Map(our.items.map(({ title, content_html }) => [title, content_html]));
  const shared = their.items.filter(({ title }) => known.has(title));
  // Posts of one day may stand in another order at the end of it.
  if (their.items.length !== our.items.length || shared.length < our.items.length - 2) {
    return { documents, fault: `of ${our.items.length} entries it has ${shared.length}` };
  }
  const short = shared.find(({ title, content_html }) => content_html.length < (known.get(title) ?? "").length * 0.8);
  return { documents, ...(short && { fault: `${short.title} is not all there` }) };
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
