/** The page's words in French. */
import type { Words } from "./words.ts";

export const FR: Words = {
  skip: "Aller au contenu",
  feeds: "Flux",
  one: {
    tags: "Étiquette",
    categories: "Catégorie",
    authors: "Auteur",
    languages: "Langue",
    sections: "Rubrique",
    channels: "Sélection",
    podcast: "Podcast",
  },
  many: {
    tags: "Étiquettes",
    categories: "Catégories",
    authors: "Auteurs",
    languages: "Langues",
    sections: "Rubriques",
    channels: "Sélections",
  },
  subscribe: "S’abonner",
  aboutFeeds:
    "Un flux vous apporte les nouveaux articles, sans compte ni e-mail : copiez son adresse et collez-la dans votre lecteur de flux.",
  aboutPodcasts:
    "Copiez l’adresse et collez-la dans votre application de podcasts : les nouveaux épisodes arriveront d’eux-mêmes.",
  sameInEach: "Tous les formats ont le même contenu ; dans le doute, prenez le premier.",
  copy: "Copier",
  copied: "Copié",
  newest: "Derniers articles",
  nothing: "Rien pour l’instant.",
  parts: "Ne suivre qu’une partie",
  rest: "La liste complète ({count}) est dans {file}",
  opml: "{file} : tous les flux en un fichier, à importer dans votre lecteur",
  list: "{file} : la même liste pour les programmes",
  entries: (count, shown) => `${shown} ${count < 2 ? "article" : "articles"}`,
  live: "En direct",
  upcoming: "Direct à venir",
  ended: "Direct terminé",
  audio: "Audio",
  video: "Vidéo",
  since: "Depuis le {time}",
  watch: "Rejoindre le direct",
  transcript: "Transcription",
};
