/** The page's words in English. */
import type { Words } from "./words.ts";

export const EN: Words = {
  skip: "Skip to content",
  feeds: "Feeds",
  one: {
    tags: "Tag",
    categories: "Category",
    authors: "Author",
    languages: "Language",
    sections: "Section",
    channels: "Selection",
    podcast: "Podcast",
  },
  many: {
    tags: "Tags",
    categories: "Categories",
    authors: "Authors",
    languages: "Languages",
    sections: "Sections",
    channels: "Selections",
  },
  subscribe: "Subscribe",
  aboutFeeds:
    "A feed brings new entries to you, without an account and without email: copy its address and paste it into your feed reader.",
  aboutPodcasts: "Copy the address and paste it into your podcast app: new episodes then come by themselves.",
  sameInEach: "All formats carry the same; if in doubt, take the first.",
  copy: "Copy",
  copied: "Copied",
  newest: "Newest entries",
  nothing: "Nothing here yet.",
  parts: "Follow only a part",
  rest: "All {count} are in {file}",
  opml: "{file}: every feed in one file, for your reader to import",
  list: "{file}: the same for programs",
  entries: (count, shown) => (count === 1 ? "1 entry" : `${shown} entries`),
  live: "Live now",
  upcoming: "Upcoming stream",
  ended: "Stream ended",
  audio: "Audio",
  video: "Video",
};
