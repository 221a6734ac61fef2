/** A browser, and a server of a few pages on this machine for it to look at. */

import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium } from "playwright-core";

/** Debian's, or another that the environment names. */
const PATHS = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function openBrowser(): Promise<Browser> {
  const executablePath = PATHS.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Error("the tests of pages need Chromium: install the package chromium");
  return chromium.launch({
    executablePath,
    args: [
      ...["--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
    ],
  });
}

const TYPES: { readonly [extension: string]: string } = {
  html: "text/html; charset=utf-8",
  json: "application/json; charset=utf-8",
  svg: "image/svg+xml",
  xml: "application/xml; charset=utf-8",
};

export interface Host {
  /** With a slash at its end. */
  readonly url: string;
  readonly serve: (files: Iterable<readonly [path: string, text: string]>) => void;
  readonly close: () => Promise<void>;
}

/** Serves files by their paths, and a folder's page by the folder's name. */
export async function openHost(): Promise<Host> {
  const files = new Map<string, string>();
  const server = createServer(({ url = "/" }, response) => {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname.slice(1));
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    const text = files.get(file);
    const type = TYPES[file.split(".").at(-1) ?? ""] ?? "text/plain";
    response.writeHead(text === undefined ? 404 : 200, { "content-type": type }).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    serve(added) {
      for (const [path, text] of added) files.set(path, text);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
