/** Checks that Hugo made the same documents as we did, so that the times of both are those of the same work. */

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { SaxesParser } from "saxes";
import { present } from "../../lib/base/optional.ts";

export interface Checked {
  /** The number of Hugo's documents. */
  readonly documents: number;
  /** Why the documents are not the same, if so. */
  readonly fault?: string;
}

interface Feed {
  readonly items: readonly { readonly title: string; readonly content_html: string }[];
}

const FEEDS: readonly string[] = ["rss.xml", "atom.xml", "feed.json"];

/** Hugo's documents must be well-formed, and the same feeds as ours with as many entries; that of the site has whole texts. */
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
  return {
    documents,
    ...present({ fault: differenceOf(feedsIn(theirs), feedsIn(ours)) ?? missingText(theirs, ours) }),
  };
}

/** What is in one of the two alone, or with another number of entries. */
function differenceOf(theirs: ReadonlyMap<string, string>, ours: ReadonlyMap<string, string>): string | undefined {
  const only = (some: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) =>
    [...some.keys()].find((name) => !others.has(name));
  const [their, our] = [only(theirs, ours), only(ours, theirs)];
  if (their !== undefined) return `it alone has ${their}`;
  if (our !== undefined) return `it has no ${our}`;
  const [other] = [...theirs].filter(([name, entries]) => ours.get(name) !== entries);
  return other && `${other[0]} has ${other[1]} entries, ours ${ours.get(other[0])}`;
}

/** The number of entries of each feed. A category within another is by its own name, since Hugo knows no such thing. */
function feedsIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    FEEDS.includes(basename(path)),
  );
  return new Map(
    paths.map((path) => {
      const [kind, ...names] = path.split("/");
      return [[kind, ...names.slice(-2)].join("/"), entriesIn(readFileSync(join(folder, path), "utf8"))];
    }),
  );
}

const entriesIn = (document: string): string =>
  String([...document.matchAll(/<item>|<entry[ >]|"content_html":/g)].length);

function missingText(theirs: string, ours: string): string | undefined {
  const [their, our] = [siteFeedIn(theirs), siteFeedIn(ours)];
  const ourContent = new Map(our.items.map(({ title, content_html }) => [title, content_html]));
  const shared = their.items.filter(({ title }) => ourContent.has(title));
  // Posts with the same date may be in another order, so the last entries may differ.
  if (shared.length < our.items.length - 2) return `of ${our.items.length} entries it has ${shared.length}`;
  const short = shared.find(
    ({ title, content_html }) => content_html.length < (ourContent.get(title) ?? "").length * 0.8,
  );
  return short && `${short.title} is incomplete`;
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

const siteFeedIn = (folder: string): Feed => JSON.parse(readFileSync(join(folder, "feed.json"), "utf8"));
