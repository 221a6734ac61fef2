/** The page's words in German. */
import type { Words } from "./words.ts";

export const DE: Words = {
  skip: "Zum Inhalt springen",
  feeds: "Feeds",
  one: {
    tags: "Schlagwort",
    categories: "Kategorie",
    authors: "Autor",
    languages: "Sprache",
    sections: "Bereich",
    channels: "Auswahl",
    podcast: "Podcast",
  },
  many: {
    tags: "Schlagwörter",
    categories: "Kategorien",
    authors: "Autoren",
    languages: "Sprachen",
    sections: "Bereiche",
    channels: "Auswahlen",
  },
  subscribe: "Abonnieren",
  aboutFeeds:
    "Ein Feed bringt neue Beiträge zu dir, ohne Konto und ohne E-Mail: Adresse kopieren und im Feedreader einfügen.",
  aboutPodcasts: "Adresse kopieren und in der Podcast-App einfügen: Neue Folgen kommen dann von selbst.",
  sameInEach: "Alle Formate enthalten dasselbe; im Zweifel das erste nehmen.",
  copy: "Kopieren",
  copied: "Kopiert",
  newest: "Neueste Beiträge",
  nothing: "Hier ist noch nichts.",
  parts: "Nur einem Teil folgen",
  rest: "Alle {count} stehen in {file}",
  opml: "{file}: alle Feeds in einer Datei, zum Importieren in den Feedreader",
  list: "{file}: dasselbe für Programme",
  entries: (count, shown) => (count === 1 ? "1 Beitrag" : `${shown} Beiträge`),
  live: "Jetzt live",
  upcoming: "Kommender Stream",
  ended: "Stream beendet",
  audio: "Audio",
  video: "Video",
};
