/** The page's words in European languages. */
import type { Words } from "./words.ts";

export const EN: Words = {
  skip: "Skip to content",
  feeds: "Feeds",
  one: {
    ...{ tags: "Tag", categories: "Category", authors: "Author", languages: "Language", sections: "Section" },
    ...{ channels: "Selection", podcast: "Podcast" },
  },
  many: {
    ...{ tags: "Tags", categories: "Categories", authors: "Authors", languages: "Languages", sections: "Sections" },
    channels: "Selections",
  },
  subscribe: "Subscribe",
  what: "A feed brings new entries to you, without an account and without email: copy its address and paste it into your feed reader.",
  podcast: "Copy the address and paste it into your podcast app: new episodes then come by themselves.",
  sameInEach: "All formats carry the same; if in doubt, take the first.",
  ...{ copy: "Copy", copied: "Copied", newest: "Newest entries", nothing: "Nothing here yet." },
  parts: "Follow only a part",
  rest: "All {count} are in {file}",
  opml: "{file}: every feed in one file, for your reader to import",
  list: "{file}: the same for programs",
  entries: (count, shown) => (count === 1 ? "1 entry" : `${shown} entries`),
  ...{ live: "Live now", upcoming: "Upcoming stream", ended: "Stream ended", audio: "Audio", video: "Video" },
};

export const DE: Words = {
  skip: "Zum Inhalt springen",
  feeds: "Feeds",
  one: {
    ...{ tags: "Schlagwort", categories: "Kategorie", authors: "Autor", languages: "Sprache", sections: "Bereich" },
    ...{ channels: "Auswahl", podcast: "Podcast" },
  },
  many: {
    ...{ tags: "Schlagwörter", categories: "Kategorien", authors: "Autoren", languages: "Sprachen" },
    ...{ sections: "Bereiche", channels: "Auswahlen" },
  },
  subscribe: "Abonnieren",
  what: "Ein Feed bringt neue Beiträge zu dir, ohne Konto und ohne E-Mail: Adresse kopieren und im Feedreader einfügen.",
  podcast: "Adresse kopieren und in der Podcast-App einfügen: Neue Folgen kommen dann von selbst.",
  sameInEach: "Alle Formate enthalten dasselbe; im Zweifel das erste nehmen.",
  ...{ copy: "Kopieren", copied: "Kopiert", newest: "Neueste Beiträge", nothing: "Hier ist noch nichts." },
  parts: "Nur einem Teil folgen",
  rest: "Alle {count} stehen in {file}",
  opml: "{file}: alle Feeds in einer Datei, zum Importieren in den Feedreader",
  list: "{file}: dasselbe für Programme",
  entries: (count, shown) => (count === 1 ? "1 Beitrag" : `${shown} Beiträge`),
  ...{ live: "Jetzt live", upcoming: "Kommender Stream", ended: "Stream beendet", audio: "Audio", video: "Video" },
};

export const FR: Words = {
  skip: "Aller au contenu",
  feeds: "Flux",
  one: {
    ...{ tags: "Étiquette", categories: "Catégorie", authors: "Auteur", languages: "Langue", sections: "Rubrique" },
    ...{ channels: "Sélection", podcast: "Podcast" },
  },
  many: {
    ...{ tags: "Étiquettes", categories: "Catégories", authors: "Auteurs", languages: "Langues" },
    ...{ sections: "Rubriques", channels: "Sélections" },
  },
  subscribe: "S’abonner",
  what: "Un flux vous apporte les nouveaux articles, sans compte ni e-mail : copiez son adresse et collez-la dans votre lecteur de flux.",
  podcast:
    "Copiez l’adresse et collez-la dans votre application de podcasts : les nouveaux épisodes arriveront d’eux-mêmes.",
  sameInEach: "Tous les formats ont le même contenu ; dans le doute, prenez le premier.",
  ...{ copy: "Copier", copied: "Copié", newest: "Derniers articles", nothing: "Rien pour l’instant." },
  parts: "Ne suivre qu’une partie",
  rest: "La liste complète ({count}) est dans {file}",
  opml: "{file} : tous les flux en un fichier, à importer dans votre lecteur",
  list: "{file} : la même liste pour les programmes",
  entries: (count, shown) => `${shown} ${count < 2 ? "article" : "articles"}`,
  ...{ live: "En direct", upcoming: "Direct à venir", ended: "Direct terminé", audio: "Audio", video: "Vidéo" },
};

export const ES: Words = {
  skip: "Saltar al contenido",
  feeds: "Canales de suscripción",
  one: {
    ...{ tags: "Etiqueta", categories: "Categoría", authors: "Autor", languages: "Idioma", sections: "Sección" },
    ...{ channels: "Selección", podcast: "Pódcast" },
  },
  many: {
    ...{ tags: "Etiquetas", categories: "Categorías", authors: "Autores", languages: "Idiomas" },
    ...{ sections: "Secciones", channels: "Selecciones" },
  },
  subscribe: "Suscribirse",
  what: "Un canal te trae las entradas nuevas, sin cuenta ni correo: copia su dirección y pégala en tu lector de noticias.",
  podcast: "Copia la dirección y pégala en tu aplicación de pódcast: los nuevos episodios llegarán solos.",
  sameInEach: "Todos los formatos contienen lo mismo; en caso de duda, elige el primero.",
  ...{ copy: "Copiar", copied: "Copiado", newest: "Últimas entradas", nothing: "Aún no hay nada." },
  parts: "Seguir solo una parte",
  rest: "La lista completa ({count}) está en {file}",
  opml: "{file}: todos los canales en un archivo, para importarlo en tu lector",
  list: "{file}: lo mismo para programas",
  entries: (count, shown) => (count === 1 ? "1 entrada" : `${shown} entradas`),
  ...{ live: "En directo", upcoming: "Próximo directo", ended: "Directo terminado", audio: "Audio", video: "Vídeo" },
};

export const PT: Words = {
  skip: "Ir para o conteúdo",
  feeds: "Feeds",
  one: {
    ...{ tags: "Etiqueta", categories: "Categoria", authors: "Autor", languages: "Idioma", sections: "Seção" },
    ...{ channels: "Seleção", podcast: "Podcast" },
  },
  many: {
    ...{ tags: "Etiquetas", categories: "Categorias", authors: "Autores", languages: "Idiomas" },
    ...{ sections: "Seções", channels: "Seleções" },
  },
  subscribe: "Assinar",
  what: "Um feed traz até você as novas publicações, sem conta e sem e-mail: copie o endereço e cole no seu leitor de feeds.",
  podcast: "Copie o endereço e cole no seu aplicativo de podcasts: os novos episódios chegam sozinhos.",
  sameInEach: "Todos os formatos têm o mesmo conteúdo; na dúvida, use o primeiro.",
  ...{ copy: "Copiar", copied: "Copiado", newest: "Publicações recentes", nothing: "Ainda não há nada aqui." },
  parts: "Acompanhar só uma parte",
  rest: "A lista completa ({count}) está em {file}",
  opml: "{file}: todos os feeds em um arquivo, para importar no seu leitor",
  list: "{file}: o mesmo para programas",
  entries: (count, shown) => (count === 1 ? "1 publicação" : `${shown} publicações`),
  ...{
    live: "Ao vivo",
    upcoming: "Próxima transmissão",
    ended: "Transmissão encerrada",
    audio: "Áudio",
    video: "Vídeo",
  },
};

export const RU: Words = {
  skip: "Перейти к содержанию",
  feeds: "Ленты",
  one: {
    ...{ tags: "Метка", categories: "Рубрика", authors: "Автор", languages: "Язык", sections: "Раздел" },
    ...{ channels: "Подборка", podcast: "Подкаст" },
  },
  many: {
    ...{ tags: "Метки", categories: "Рубрики", authors: "Авторы", languages: "Языки", sections: "Разделы" },
    channels: "Подборки",
  },
  subscribe: "Подписаться",
  what: "Лента сама приносит новые записи, без регистрации и без почты: скопируйте её адрес и вставьте в программу для чтения лент.",
  podcast: "Скопируйте адрес и вставьте его в приложение для подкастов: новые выпуски будут приходить сами.",
  sameInEach: "Содержание во всех форматах одно и то же; если сомневаетесь, берите первый.",
  ...{ copy: "Копировать", copied: "Готово", newest: "Новые записи", nothing: "Здесь пока ничего нет." },
  parts: "Следить только за частью",
  rest: "Полный список ({count}) — в {file}",
  opml: "{file}: все ленты в одном файле, для импорта в программу чтения",
  list: "{file}: то же для программ",
  entries: (_, shown) => `Записей: ${shown}`, // a form for every number would be three
  ...{ live: "В эфире", upcoming: "Скоро эфир", ended: "Эфир завершён", audio: "Аудио", video: "Видео" },
};
