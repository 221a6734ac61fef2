/** The pages that are open in browsers: each is told when it would show something else (server-sent events). */
import type { IncomingMessage, ServerResponse } from "node:http";

export interface OpenPages {
  /** Answers a page that wants to be told. */
  open(request: IncomingMessage, response: ServerResponse, query: string): void;
  /** Something was published, or failed to be. */
  changed(): void;
  /** Nobody is told any more. */
  end(): void;
}

interface Page {
  readonly address: string;
  readonly response: ServerResponse;
  /** What it shows. */
  tag: string;
}

/** A line that means nothing, so that nobody on the way takes the connection for dead. */
const HEARTBEAT_MS = 15_000;
/** After which a browser connects again, in milliseconds. */
const RETRY_MS = 500;

/** A browser opens six at most to one host; a web page that floods the preview holds no more than these. */
const MOST_PAGES = 100;

/** `tagOf`: what a page at this address would show now. */
export function watchPages(tagOf: (address: string) => Promise<string>): OpenPages {
  const pages = new Set<Page>();
  let hasEnded = false;
  const heartbeat = setInterval(() => {
    for (const { response } of pages) response.write(":\n\n");
  }, HEARTBEAT_MS).unref();

  const compare = async (page: Page, current: Promise<string>): Promise<void> => {
    const tag = await current;
    if (tag === page.tag || !pages.has(page)) return;
    page.tag = tag;
    page.response.write("event: reload\ndata:\n\n");
  };

  return {
    open(request, response, query) {
      const params = new URLSearchParams(query);
      const page = { address: params.get("page") ?? "/", tag: params.get("tag") ?? "", response };
      if (pages.size >= MOST_PAGES) {
        response.writeHead(503, { "cache-control": "no-store", "retry-after": "1" }).end();
        return;
      }
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      if (request.method !== "GET" || hasEnded) {
        response.end();
        return;
      }
      pages.add(page);
      response.on("close", () => pages.delete(page));
      response.write(`retry: ${RETRY_MS}\n\n`);
      // It may have changed since the page was sent.
      void compare(page, tagOf(page.address));
    },

    changed() {
      // Each address is looked at once, however many pages show it.
      for (const [address, all] of Map.groupBy(pages, (page) => page.address)) {
        const current = tagOf(address);
        for (const page of all) void compare(page, current);
      }
    },

    end() {
      hasEnded = true;
      clearInterval(heartbeat);
      for (const { response } of pages) response.end();
    },
  };
}
