/** The command that serves the page to write with: its words. */
import { declare } from "../declare.ts";
import { UsageError } from "../exit.ts";
import { portOf, STORES } from "../options.ts";

export const WRITE = declare({
  name: "write",
  summary: "write posts in a browser, and publish them",
  more: "It serves the page to write with to this machine alone, and publishes after every change, as publish does. To write on a phone, put a proxy with TLS before it, or let the stack on AWS serve it.",
  options: {
    ...STORES,
    port: {
      ...{ value: "number", default: 4100, parse: portOf },
      summary: "port of the page, 0 for any; without it, the next that is free",
    },
    origin: {
      ...{ value: "URL", parse: originOf },
      summary: "where a proxy with TLS serves it, such as https://feeds.example.com",
    },
  },
  examples: [
    [
      "write --content blog --public blog/public --state blog/.dripfeed",
      "write in a browser, at http://localhost:4100/write/",
    ],
    ["write --origin https://feeds.example.com", "write on a phone, by way of a proxy"],
  ],
});

/** Passkeys and cookies are of this origin: one without TLS has neither, but for this machine's own name. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && /^(?:https?:\/\/)[^/]+\/?$/.test(text);
  if (isOrigin && (url.protocol === "https:" || url.hostname === "localhost")) return url.origin;
  throw new UsageError(
    `--origin ${text} is no address of a server with TLS: write https:// and its name, and nothing behind it`,
  );
}
