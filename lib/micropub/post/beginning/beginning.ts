/**
 * Pictures, recordings and links of a post ⇄ the lines at the beginning of its text that show them, one a line and a blank line below:
 * what the pages of every generator show, whatever the theme. Of all but pictures the front matter says what is known.
 */
import type { DialectName } from "../../../model.ts";
import type { Posted } from "../types.ts";
import { type PageTitles, pageLines } from "./pages.ts";
import { pictureIn, pictureLines } from "./pictures.ts";
import { isPlayed, playerLines, targetIn } from "./players.ts";
import { isSameAddress, writtenAddress } from "./signs.ts";
import {
  type NamedAddress,
  SHOWN,
  type ShownLine,
  type ShownPage,
  type ShownProperty,
  type TextBeginning,
} from "./types.ts";

interface Named {
  /** Pictures at the beginning are those of the post, which has none in its front matter. */
  readonly hasPictures: boolean;
  readonly addresses: readonly NamedAddress[];
}

export function beginningOf(body: string, named: Named): TextBeginning {
  const addresses = named.addresses.filter(({ property, url }) => property === "page" || isPlayed(url));
  const { lines, rest } = linesIn(body, (line) => shownIn(line, { ...named, addresses }));
  const hidden = addresses.filter(({ url }) => !lines.some((each) => isSameAddress(each.url, url)));
  const shows = {
    pages: hidden.every(({ property }) => property !== "page"),
    recordings: hidden.every(({ property }) => property === "page"),
  };
  return { lines, rest, shows };
}

function linesIn<T>(
  body: string,
  read: (line: string) => T | undefined,
): { readonly lines: readonly T[]; readonly rest: string } {
  const text = body.replace(/^(?:[ \t]*\n)+/, "");
  const lines: T[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const line = end < 0 ? text.slice(at) : text.slice(at, end);
    const shown = read(line);
    // Blank is what Markdown takes for it (CommonMark 0.31.2, section 2.1): other spaces are words.
    if (!shown) return /^[ \t]*$/.test(line) ? { lines, rest: text.slice(at) } : { lines: [], rest: body };
    lines.push(shown);
    at = end < 0 ? text.length : end + 1;
  }
  return { lines, rest: "" };
}

function shownIn(line: string, { hasPictures, addresses }: Named): ShownLine | undefined {
  const picture = hasPictures ? pictureIn(line) : undefined;
  if (picture) return { property: "photo", ...picture, line };
  const url = addresses.length > 0 ? targetIn(line) : undefined;
  const named = addresses.find((each) => url !== undefined && isSameAddress(each.url, url));
  return named && { ...named, line };
}

/** By the properties that are to have other lines than before. */
export interface ShownChanges extends PageTitles {
  readonly page?: readonly ShownPage[] | undefined;
  readonly photo?: Posted["photos"] | undefined;
  readonly video?: Posted["videos"] | undefined;
  readonly audio?: Posted["audios"] | undefined;
}

export interface FormerShown {
  readonly beginning: TextBeginning;
  readonly posted: Pick<Posted, "videos" | "audios">;
}

const NOTHING: FormerShown = {
  beginning: { lines: [], rest: "", shows: { pages: true, recordings: true } },
  posted: { videos: [], audios: [] },
};

/** The lines of a new post, or of one that has some: these stay in their order, and further ones are below the last of their kind. */
export function shownLines(changed: ShownChanges, dialect: DialectName, former = NOTHING): readonly string[] {
  const { beginning, posted } = former;
  const { pages, recordings } = beginning.shows;
  const after = new Map(
    SHOWN.map((property) => {
      const there = beginning.lines.filter((each) => each.property === property);
      return [property, linesOf(property, there) ?? there.map(({ line }) => line)];
    }),
  );
  const last = new Map(beginning.lines.map(({ property }, i) => [property, i]));
  const placed = new Map<ShownProperty, number>();
  const between = beginning.lines.flatMap(({ property, line }, i) => {
    const lines = after.get(property) ?? [];
    const from = placed.get(property) ?? 0;
    const to = last.get(property) === i ? lines.length : Math.max(from, lines.indexOf(line, from) + 1);
    placed.set(property, to);
    return lines.slice(from, to);
  });
  return [...between, ...SHOWN.flatMap((property) => after.get(property)?.slice(placed.get(property) ?? 0) ?? [])];

  /** `undefined` where they stay. */
  function linesOf(property: ShownProperty, there: readonly ShownLine[]): readonly string[] | undefined {
    if (property === "photo") return changed.photo && pictureLines(changed.photo, there);
    if (property === "page") return changed.page && pageLines(changed.page, changed, { lines: there, showsAll: pages });
    const before = { lines: there, recordings: posted[`${property}s`], showsAll: recordings };
    const files = changed[property];
    return files && playerLines(property, files, before, dialect);
  }
}

/**
 * Those that the text does not begin with itself: an app that keeps the whole text sends it with its pictures, and what was sent again
 * finds them there. Text that did so before does it on purpose.
 */
export function linesAbove(text: string, lines: readonly string[], former: string): readonly string[] {
  const [own, before] = [text, former].map((each) => new Set(linesIn(each, addressIn).lines));
  return lines.filter((line) => {
    const address = addressIn(line) ?? "";
    return !own?.has(address) || before?.has(address);
  });
}

function addressIn(line: string): string | undefined {
  const url = pictureIn(line)?.url ?? targetIn(line);
  return url && writtenAddress(url);
}

/** `former`: the text below them until now, whose blank lines stay. */
export function withBeginning(lines: readonly string[], text: string, former = ""): string {
  const gap = /^(?:[ \t]*\n)+/.exec(former)?.[0] ?? "\n";
  const parts = [lines.join("\n"), text].filter((part) => part !== "");
  return parts.join(`\n${gap}`).trimEnd();
}
