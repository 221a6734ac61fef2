/** Post → Entry: what every format says of it, rendered once. */

import { digest } from "../base/digest.ts";
import { xmlSafe } from "../base/text.ts";
import type { Entry, Post } from "../model.ts";
import { makeFeedSafe } from "./html/html.ts";
import { renderMarkdown } from "./markdown/markdown.ts";
import { summarise } from "./summary.ts";
import { RENDERER_VERSION } from "./versions.ts";

type Rendered = Pick<
  Post,
  "title" | "url" | "language" | "authors" | "markdown" | "description" | "image" | "external" | "breaks" | "source"
> &
  Partial<Accompanied>;

/** What a post comes with beside its text. */
type Accompanied = Pick<Post, "media" | "live" | "episode">;

/** Of everything that `renderEntry` reads; `words` is the digest of the Markdown. */
export function inputHashOf(post: Omit<Rendered, "markdown">, words: string): string {
  const { title, url, language, authors, description, image, external, breaks = false } = post;
  const optional = [description ?? null, image ?? null, external ?? null, breaks];
  // Most posts have none of these, and their hash does not speak of them.
  const beside = { ...accompaniedBy(post), ...(post.source && { source: true }) };
  const more = Object.keys(beside).length === 0 ? [] : [beside];
  return digest(RENDERER_VERSION, title, url, language, authors, words, optional, ...more);
}

/** May throw on Markdown that is nested beyond reason. */
export function renderEntry(post: Rendered): Entry {
  const { html, lead, beforeMore = "" } = makeFeedSafe(renderMarkdown(post.markdown, post), post.url);
  const summary = post.description ?? summarise(beforeMore) ?? summarise(lead);
  return {
    title: post.title,
    language: post.language,
    authors: post.authors,
    html,
    ...(summary !== undefined && { summary }),
    ...(post.image !== undefined && { image: post.image }),
    ...(post.external !== undefined && { external: post.external }),
    ...accompaniedBy(post),
    ...(post.source && { markdown: xmlSafe(post.markdown) }),
  };
}

function accompaniedBy({ media = [], live, episode }: Partial<Accompanied>): Partial<Accompanied> {
  return { ...(media.length > 0 && { media }), ...(live && { live }), ...(episode && { episode }) };
}
