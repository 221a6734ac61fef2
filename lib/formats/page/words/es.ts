/** The page's words in Spanish. */
import type { Words } from "./words.ts";

export const ES: Words = {
  skip: "Saltar al contenido",
  feeds: "Canales de suscripción",
  one: {
    tags: "Etiqueta",
    categories: "Categoría",
    authors: "Autor",
    languages: "Idioma",
    sections: "Sección",
    channels: "Selección",
    podcast: "Pódcast",
  },
  many: {
    tags: "Etiquetas",
    categories: "Categorías",
    authors: "Autores",
    languages: "Idiomas",
    sections: "Secciones",
    channels: "Selecciones",
  },
  subscribe: "Suscribirse",
  aboutFeeds:
    "Un canal te trae las entradas nuevas, sin cuenta ni correo: copia su dirección y pégala en tu lector de noticias.",
  aboutPodcasts: "Copia la dirección y pégala en tu aplicación de pódcast: los nuevos episodios llegarán solos.",
  sameInEach: "Todos los formatos contienen lo mismo; en caso de duda, elige el primero.",
  copy: "Copiar",
  copied: "Copiado",
  newest: "Últimas entradas",
  nothing: "Aún no hay nada.",
  parts: "Seguir solo una parte",
  rest: "La lista completa ({count}) está en {file}",
  opml: "{file}: todos los canales en un archivo, para importarlo en tu lector",
  list: "{file}: lo mismo para programas",
  entries: (count, shown) => (count === 1 ? "1 entrada" : `${shown} entradas`),
  live: "En directo",
  upcoming: "Próximo directo",
  ended: "Directo terminado",
  audio: "Audio",
  video: "Vídeo",
};
