/** The page's words in Russian. */
import type { Words } from "./words.ts";

export const RU: Words = {
  skip: "Перейти к содержанию",
  feeds: "Ленты",
  one: {
    tags: "Метка",
    categories: "Рубрика",
    authors: "Автор",
    languages: "Язык",
    sections: "Раздел",
    channels: "Подборка",
    podcast: "Подкаст",
  },
  many: {
    tags: "Метки",
    categories: "Рубрики",
    authors: "Авторы",
    languages: "Языки",
    sections: "Разделы",
    channels: "Подборки",
  },
  subscribe: "Подписаться",
  aboutFeeds:
    "Лента сама приносит новые записи, без регистрации и без почты: скопируйте её адрес и вставьте в программу для чтения лент.",
  aboutPodcasts: "Скопируйте адрес и вставьте его в приложение для подкастов: новые выпуски будут приходить сами.",
  sameInEach: "Содержание во всех форматах одно и то же; если сомневаетесь, берите первый.",
  copy: "Копировать",
  copied: "Готово",
  newest: "Новые записи",
  nothing: "Здесь пока ничего нет.",
  parts: "Следить только за частью",
  rest: "Полный список ({count}) — в {file}",
  opml: "{file}: все ленты в одном файле, для импорта в программу чтения",
  list: "{file}: то же для программ",
  entries: (_, shown) => `Записей: ${shown}`, // a noun before the number needs none of the three plural forms
  live: "В эфире",
  upcoming: "Скоро эфир",
  ended: "Эфир завершён",
  audio: "Аудио",
  video: "Видео",
  since: "С {time}",
  watch: "Перейти к эфиру",
  transcript: "Расшифровка",
};
