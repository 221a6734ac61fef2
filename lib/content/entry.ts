/** Post → Entry: what all formats have in common, rendered once. */
import { digest } from "../base/digest.ts";
import { present } from "../base/optional.ts";
import { escapeText, xmlSafe } from "../base/text.ts";
import type { Entry, Post } from "../model.ts";
import { withAbove } from "./above.ts";
import { makeFeedSafe } from "./html/html.ts";
import { withMediaAt } from "./html/readdressed.ts";
import { type IsBeside, isForReading, NOWHERE, plainText, type SafeHtml } from "./html/reading.ts";
import { withAddresses } from "./links/addresses.ts";
import { linkedMarkdown } from "./links/marks.ts";
import { renderMarkdown } from "./markdown/markdown.ts";
import { summarise } from "./summary.ts";
import { normalised, withTarget } from "./target.ts";
import { RENDERER_VERSION } from "./versions.ts";
import { countingAddresses } from "./work.ts";

type Rendered = Pick<
  Post,
  | "title"
  | "url"
  | "language"
  | "authors"
  | "markdown"
  | "description"
  | "image"
  | "external"
  | "response"
  | "breaks"
  | "emoji"
  | "isHtml"
  | "dialect"
  | "excerpt"
  | "source"
  | "mediaBase"
  | "above"
  | "addresses"
  | "references"
  | "targets"
> &
  Partial<Accompanied>;

/** What a post has besides its text. */
type Accompanied = Pick<Post, "media" | "live" | "episode" | "comments">;

/** The hash of all that `renderEntry` reads but the targets of links; `words` is the digest of the Markdown. */
export function inputHashOf(post: Omit<Rendered, "markdown">, words: string): string {
  const { title, url, language, authors, description, image, external, breaks = false } = post;
  const optional = [description ?? null, image ?? null, external ?? null, breaks];
  // Hashed only where there are any; most posts have none of these.
  const others = {
    ...accompaniedBy(post),
    ...present({
      isHtml: post.isHtml || undefined,
      dialect: post.dialect,
      excerpt: post.excerpt,
      source: post.source || undefined,
      emoji: post.emoji,
      mediaBase: post.mediaBase,
      above: post.above,
      response: post.response,
      addresses: post.addresses,
    }),
  };
  const more = Object.keys(others).length === 0 ? [] : [others];
  return digest(RENDERER_VERSION, title, url, language, authors, words, optional, ...more);
}

/** Characters; a longer part is no summary of its post, and documents carry words of it alone. */
export const LONGEST_LEAD = 64_000;

/** Throws `TooMuchWork` for Markdown that has grown beyond reason. */
export function renderEntry(post: Rendered): Entry {
  const { references = [], targets = [], image, external } = post;
  const markdown = linkedMarkdown(post.markdown, references, targets);
  const isBeside = besideOf(post);
  const safe = countingAddresses(markdown.length, () =>
    makeFeedSafe(post.isHtml ? markdown : renderMarkdown(markdown, post), post.url, isBeside),
  );
  const beforeMore = post.excerpt === undefined ? safe.beforeMore || undefined : undefined;
  const part = beforeMore === undefined ? safe.lead : plainText(withoutFirstLinks(beforeMore, isBeside));
  const excerpt = post.excerpt === "none" ? "" : part;
  const told = post.description ?? summarise(excerpt);
  const photos = post.above?.flatMap(({ alt }) => alt ?? []).join(", ") ?? "";
  const summary = told ?? (post.excerpt === "none" ? undefined : summarise(photos));
  const finished = (html: string): string => {
    const addressed = withAddresses(html, post);
    const text = post.external === undefined ? addressed : withTarget(addressed, post.external, post);
    return withAbove(withMediaAt(text, post.mediaBase), post);
  };
  const isMarked = beforeMore !== undefined && beforeMore.length <= LONGEST_LEAD;
  // Photos and films are no words; and a document of summaries has something of a post that wants no excerpt.
  const first = post.excerpt === "none" ? summarise(safe.lead) : undefined;
  const words = told === undefined ? first : post.above && told;
  const shown = isMarked ? undefined : wordless(safe, isBeside);
  const said = shown === undefined ? words : post.description;
  const lead = isMarked
    ? beforeMore
    : [shown, said && `<p>${escapeText(said)}</p>`].filter(Boolean).join("\n") || (post.above && "");
  return {
    title: post.title,
    language: post.language,
    authors: post.authors,
    html: finished(safe.html),
    ...present({ summary, lead: lead === undefined ? undefined : finished(lead), image, external }),
    ...accompaniedBy(post),
    ...present({ markdown: post.source ? xmlSafe(markdown) : undefined }),
  };
}

/** The page that the post is about, and that on which it streams. */
function besideOf({ external, live }: Pick<Rendered, "external" | "live">): IsBeside {
  const pages = [external, live?.url].flatMap((url) => (url === undefined ? [] : normalised(url)));
  return pages.length === 0 ? NOWHERE : (href) => pages.includes(normalised(href));
}

/** A text that shows something and says nothing, such as a picture alone or a link to its recording: there is no shorter one. */
function wordless({ html, lead }: SafeHtml, isBeside: IsBeside): string | undefined {
  if (html === "" || lead !== "" || html.length > LONGEST_LEAD) return undefined;
  return isForReading(html, isBeside) ? undefined : html;
}

/** Words of players and of links to what is beside the text are no beginning of a summary. */
const withoutFirstLinks = (html: string, isBeside: IsBeside): string =>
  html.replace(/^<p>([\s\S]*?)<\/p>/, (whole, inner: string) => (isForReading(inner, isBeside) ? whole : ""));

function accompaniedBy({ media = [], live, episode, comments }: Partial<Accompanied>): Partial<Accompanied> {
  return present({ media: media.length > 0 ? media : undefined, live, episode, comments });
}
