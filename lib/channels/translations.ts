/**
 * A post that exists in several languages counts once in a channel: chooses the translation that the channel carries.
 */
import { translationKey } from "../content/facts/place.ts";
import type { Facts } from "../model.ts";
import type { ChannelPosts } from "./cut.ts";

interface Translated {
  readonly key: string;
  readonly facts: Facts;
}

/** Of each post the translation in `language`, else in another variant of it, else the one that was published first. */
export function translatedOnce({ posts, departed }: ChannelPosts, language: string): ChannelPosts {
  const isTranslated = ({ facts }: Translated) => facts.translation !== undefined;
  if (!posts.some(isTranslated) && !departed.some(isTranslated)) return { posts, departed };
  const distance = ({ facts }: Translated) => {
    return facts.language === language ? 0 : primaryOf(facts.language) === primaryOf(language) ? 1 : 2;
  };
  const chosen = new Map<string, Translated>();
  for (const post of posts) {
    const rival = chosen.get(translationOf(post));
    // The list is newest first, so that of two at the same distance the later one was published first.
    if (!rival || distance(post) <= distance(rival)) chosen.set(translationOf(post), post);
  }
  return {
    posts: posts.filter((post) => chosen.get(translationOf(post))?.facts.language === post.facts.language),
    // A translation that a nearer one stood in for was never in this channel: it needs no tombstone.
    departed: departed.filter((post) => {
      const carried = chosen.get(translationOf(post));
      return !carried || distance(post) < distance(carried);
    }),
  };
}

const primaryOf = (language: string) => language.split("-")[0];

/** The key that all translations of a post share: from front matter, else from the file name without its language. */
function translationOf({ key, facts }: Translated): string {
  return facts.translation ?? translationKey(key);
}
