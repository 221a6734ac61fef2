/** The page's words in Portuguese. */
import type { Words } from "./words.ts";

export const PT: Words = {
  skip: "Ir para o conteúdo",
  feeds: "Feeds",
  one: {
    tags: "Etiqueta",
    categories: "Categoria",
    authors: "Autor",
    languages: "Idioma",
    sections: "Seção",
    channels: "Seleção",
    podcast: "Podcast",
  },
  many: {
    tags: "Etiquetas",
    categories: "Categorias",
    authors: "Autores",
    languages: "Idiomas",
    sections: "Seções",
    channels: "Seleções",
  },
  subscribe: "Assinar",
  aboutFeeds:
    "Um feed traz até você as novas publicações, sem conta e sem e-mail: copie o endereço e cole no seu leitor de feeds.",
  aboutPodcasts: "Copie o endereço e cole no seu aplicativo de podcasts: os novos episódios chegam sozinhos.",
  sameInEach: "Todos os formatos têm o mesmo conteúdo; na dúvida, use o primeiro.",
  copy: "Copiar",
  copied: "Copiado",
  newest: "Publicações recentes",
  nothing: "Ainda não há nada aqui.",
  parts: "Acompanhar só uma parte",
  rest: "A lista completa ({count}) está em {file}",
  opml: "{file}: todos os feeds em um arquivo, para importar no seu leitor",
  list: "{file}: o mesmo para programas",
  entries: (count, shown) => (count === 1 ? "1 publicação" : `${shown} publicações`),
  live: "Ao vivo",
  upcoming: "Próxima transmissão",
  ended: "Transmissão encerrada",
  audio: "Áudio",
  video: "Vídeo",
};
