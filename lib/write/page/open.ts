/** Answers for the page, and for the files beside it. */
import { createHash } from "node:crypto";
import { ADDRESSES } from "../../base/writing.ts";
import type { AnswerWriting } from "../types.ts";
import { type PageFile, pageFiles } from "./files.ts";
import { chooseLanguage } from "./language.ts";
import { type WritePageInput, type WritingSite, writePage } from "./page.ts";

export interface OpenPageInput {
  readonly site: () => Promise<WritingSite>;
  readonly origin: string;
  /** Origin of the addresses to which parts are put, if another. */
  readonly uploads?: string | undefined;
}

/** The browser asks for the page each time it is opened, and gets it only if it has changed, which spares a slow network. */
export function openPage({ site: readSite, origin, uploads }: OpenPageInput): AnswerWriting {
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || !isPage(pathname)) return undefined;
    const site = await readSite();
    const accepted = request.headers.get("accept-language");
    const chosen = chooseLanguage({ asked: searchParams.get("lang"), accepted, site: site.language });
    const found = pageFiles(site, chosen)[pathname] ?? pageAt({ site, origin, chosen, uploads });
    const etag = `"${createHash("sha256").update(found.body).digest("base64url").slice(0, 22)}"`;
    const known = request.headers.get("if-none-match") ?? "";
    if (known.includes(etag)) return new Response(null, { status: 304, headers: { ...found.headers, etag } });
    const body = request.method === "HEAD" ? null : found.body;
    return new Response(body, { headers: { ...found.headers, etag } });
  };
}

function pageAt(input: WritePageInput): PageFile {
  const { html: body, headers } = writePage(input);
  return { body, headers };
}

const FILES = ["worker.js", "app.webmanifest", "icon.svg", "icon.png"].map((name) => ADDRESSES.page + name);

const isPage = (path: string): boolean =>
  path === ADDRESSES.page || path === ADDRESSES.authorization || FILES.includes(path);
