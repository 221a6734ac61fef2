/** The forms that systems give the ids of their feeds: of a post's address, or of its number. */

/** A post with what its id may have been made of. */
export interface Numbered {
  readonly key: string;
  readonly url: string;
  /** That its front matter gives. */
  readonly slug?: string;
  /** Its number in WordPress, if it is known. */
  readonly number?: string;
}

export interface IdForm {
  /** For people. */
  readonly name: string;
  readonly idOf: (post: Numbered) => string | undefined;
}

/** `https://example.com/?p=17`, with the number apart. */
const NUMBERED = /^(https?:\/\/[^\s#]{1,500}[?&](?:p|page_id)=)(\d{1,20})$/i;

/** The number in an id as WordPress makes them. */
export const numberIn = (id: string): string | undefined => NUMBERED.exec(id.trim())?.[2];

/** Every form that any of the ids may have; of two that make the same, the simpler one comes first. */
export function idForms(ids: readonly string[]): readonly IdForm[] {
  const trimmed = ids.map((id) => id.trim());
  const beginnings = new Set(trimmed.flatMap((id) => NUMBERED.exec(id)?.[1] ?? []));
  const origins = new Set(trimmed.filter((id) => !NUMBERED.test(id)).flatMap((id) => ORIGIN.exec(id)?.[0] ?? []));
  return [
    ...[...beginnings].map(
      (beginning): IdForm => ({
        name: `${beginning}<number>`,
        idOf: ({ number }) => (number === undefined ? undefined : beginning + number),
      }),
    ),
    ...SPELLINGS.flatMap(([spelling, spell]) =>
      SHAPES.flatMap(([shape, pathOf]) =>
        [...origins].map(
          (origin): IdForm => ({
            name: `${origin}${shape}${spelling}`,
            idOf: (post) => (URL.canParse(post.url) ? origin + spell(pathOf(new URL(post.url), post)) : undefined),
          }),
        ),
      ),
    ),
  ];
}

/** Scheme and host as written; nothing of an id that is a path. */
const ORIGIN = /^(?:https?:\/\/[^/?#\s]{1,300}|(?=\/))/i;

type PathOf = (url: URL, post: Numbered) => string;

/** Without `index.html`, `.html` and the last slash. */
const stem = ({ pathname }: URL): string => pathname.replace(/(?:\/index\.html?|\.html?|\/)$/, "");

const SHAPES: readonly (readonly [name: string, PathOf])[] = [
  ["<address>", ({ pathname, search }) => pathname + search],
  // Jekyll's `post.id` (Document#id): the folder of the address, and the slug.
  ["<address without .html or slash>", (url, post) => `${folderAbove(url)}/${slugOf(post)}`],
  ["<address without .html or slash>", stem],
  ["<address>/", (url) => `${stem(url)}/`],
  ["<address>.html", (url) => `${stem(url)}.html`],
  ["<address>/index.html", (url) => `${stem(url)}/index.html`],
];

const folderAbove = ({ pathname }: URL): string => pathname.replace(/\/$/, "").replace(/\/[^/]*$/, "");

/** As Jekyll has it: what the front matter gives, else the name of the file without its date. */
function slugOf({ slug, key }: Numbered): string {
  const name = key.slice(key.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  return encodeURIComponent(slug ?? name.replace(/^\d{1,4}-\d{1,2}-\d{1,2}-/, ""));
}

/** How systems write letters beyond ASCII. */
const SPELLINGS: readonly (readonly [name: string, spell: (path: string) => string])[] = [
  ["", (path) => path],
  [", its letters not encoded", decoded],
  [", encoded in lower case", (path) => path.replace(/%[\dA-F]{2}/gi, (octet) => octet.toLowerCase())],
];

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
