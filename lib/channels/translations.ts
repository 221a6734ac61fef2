/** One post in several languages counts once: which of them stands for all. */
import { translationKey } from "../content/facts/place.ts";
import type { Facts } from "../model.ts";
import type { Entries } from "./entries.ts";

interface Translated {
  readonly key: string;
  readonly facts: Facts;
}

/** The one in `language`, else in some other form of it, else the first that was published. */
export function translatedOnce({ posts, departed }: Entries, language: string): Entries {
  const isTranslated = ({ facts }: Translated) => facts.translation !== undefined;
  if (!posts.some(isTranslated) && !departed.some(isTranslated)) return { posts, departed };
  const nearness = ({ facts }: Translated) => {
    return facts.language === language ? 0 : primaryOf(facts.language) === primaryOf(language) ? 1 : 2;
  };
  const chosen = new Map<string, Translated>();
  for (const post of posts) {
    const rival = chosen.get(translationOf(post));
    // Newest first: of equals the later in the list is the older.
    if (!rival || nearness(post) <= nearness(rival)) chosen.set(translationOf(post), post);
  }
  return {
    posts: posts.filter((post) => chosen.get(translationOf(post))?.facts.language === post.facts.language),
    // Beside a translation that is nearer, one that is gone was never here.
    departed: departed.filter((post) => {
      const stays = chosen.get(translationOf(post));
      return !stays || nearness(post) < nearness(stays);
    }),
  };
}

const primaryOf = (language: string) => language.split("-")[0];

/** Without a key of its own a post is the original of those that lie beside it with a language in their name. */
function translationOf({ key, facts }: Translated): string {
  return facts.translation ?? translationKey(key);
}
