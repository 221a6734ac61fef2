/** How Caddy serves the documents themselves: types, headers, pages for people. */
import { type Edge, FEEDS, nameOf, PAGE } from "../edge/folders.ts";
import { headersOf } from "../edge/headers.ts";
import { literal, type ServedFiles, servedFiles } from "./patterns.ts";

/** In quotes, in which only they are escaped, and braces are placeholders: there are none in what is written. */
export const text = (given: string): string => `"${given.replaceAll('"', '\\"')}"`;

/** A browser that opens the address for a person, who does not ask for `?raw`. */
export const PERSON = ["header Sec-Fetch-Dest document", "not query raw=*"];

/** For each name of a document its type and headers; a person is shown the page beside a feed, else the feed as text. */
export function served(edge: Edge): readonly string[] {
  const files = servedFiles(edge);
  const page = files.find(({ file }) => file === PAGE);
  const feeds = FEEDS.map((feed) => literal(nameOf(feed, edge))).join("|");
  // Caddy serves what is called so at the address of a folder.
  const name = nameOf(PAGE, edge) === "index.html" ? "" : nameOf(PAGE, edge);
  const at = `path_regexp served ${text(`^(${page?.folders})(?:${feeds})$`)}`;
  const toPage = page
    ? [
        "  @dripfeed_page {",
        ...[at, ...PERSON].map((line) => `    ${line}`),
        "  }",
        `  rewrite @dripfeed_page {re.served.1}${name}`,
        ...(name === "" ? [] : atFolders(page, name)),
      ]
    : [];
  const types = files.flatMap(({ folders, file, name }, i) => {
    const pattern = text(`^${folders}${file === PAGE ? `(?:${name})?` : name}$`);
    const isShown = file.shown !== file.type;
    const headers = {
      ...headersOf("", false, edge),
      ...(isShown || file === PAGE ? { vary: "Sec-Fetch-Dest" } : {}),
    };
    const header = (type: string) => `Content-Type "${type}; charset=utf-8"`;
    return [
      `  @dripfeed_type_${i} path_regexp ${pattern}`,
      `  header @dripfeed_type_${i} {`,
      `    ${header(file.type)}`,
      ...Object.entries(headers)
        .filter(([, value]) => !/[{}]/.test(value))
        .map(([key, value]) => `    ${key} ${text(value)}`),
      "  }",
      ...(isShown
        ? [
            ...[`  @dripfeed_shown_${i} {`, `    path_regexp ${pattern}`, "    header Sec-Fetch-Dest document", "  }"],
            `  header @dripfeed_shown_${i} ${header(file.shown)}`,
            ...[`  @dripfeed_raw_${i} {`, `    path_regexp ${pattern}`, "    query raw=*", "  }"],
            `  header @dripfeed_raw_${i} ${header(file.shown)}`,
          ]
        : []),
      ...[`  @dripfeed_ask_${i} {`, `    path_regexp ${pattern}`, "    method OPTIONS", "  }"],
      `  header @dripfeed_ask_${i} Access-Control-Allow-Methods "GET, HEAD"`,
      `  header @dripfeed_ask_${i} Access-Control-Allow-Headers *`,
      `  respond @dripfeed_ask_${i} 204`,
    ];
  });
  return [...toPage, ...types, ...encoded(files)];
}

/** Some types are not among those that Caddy compresses by itself. */
function encoded(files: readonly ServedFiles[]): readonly string[] {
  if (files.length === 0) return [];
  const types = [...new Set(files.flatMap(({ file }) => [file.type, file.shown]))];
  return [
    `  @dripfeed_encoded path_regexp ${text(`^(?:${files.map(({ folders, name }) => folders + name).join("|")})$`)}`,
    ...["  encode @dripfeed_encoded {", "    gzip", "    match {"],
    ...types.map((type) => `      header Content-Type ${type}*`),
    ...["    }", "  }"],
  ];
}

/** The page at the address of its folder, unless an `index.html` of the owner's is there; and what leads to that address. */
const atFolders = ({ folders, bare }: ServedFiles, name: string): readonly string[] => [
  ...["  @dripfeed_folder {", `    path_regexp folder ${text(`^(${folders})$`)}`],
  ...["    not file {http.request.uri.path}index.html", "  }"],
  `  rewrite @dripfeed_folder {re.folder.1}${name}`,
  ...["  @dripfeed_bare {", `    path_regexp ${text(`^${bare}$`)}`, `    file {http.request.uri.path}/${name}`],
  ...[`    vars_regexp sent {http.request.uri} ${text("^/+([^?]+)")}`, "  }"],
  "  redir @dripfeed_bare /{re.sent.1}/ 301",
];
