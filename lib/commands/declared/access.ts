/** The command for who may write: its words. */

import { declare } from "../declare.ts";
import { fromCallersFolder, STORES } from "../options.ts";

export const TOKENS = declare({
  name: "tokens",
  summary: "show and change who may write",
  more: "Without --code, --app and --revoke it lists the devices that people sign in with, and the apps that they let in. Secrets are kept by nobody, so they are never shown again.",
  options: {
    state: STORES.state,
    content: {
      value: "store",
      parse: fromCallersFolder,
      summary: "where site.yaml is: for --code and --app, it says who is an author and where the page is",
    },
    code: { summary: "make a one-time code, by which one device is let in within a day" },
    app: {
      value: "name",
      summary:
        "make a token for a script or a shortcut, which cannot ask for one; it counts until a year after its last use",
    },
    scopes: {
      value: "scopes",
      summary: "for --app: what it may, with commas between; without it, create,media",
    },
    author: { value: "key", summary: "for --code and --app: whose it is, as authors of site.yaml has the key" },
    role: {
      value: "role",
      summary: "for --code and --app: what they may do",
      choices: ["owner", "author", "drafts"],
    },
    url: { value: "url", summary: "for --code: where the feeds are served, if site.yaml is not at hand" },
    revoke: { value: "ids", summary: "take access away from a device or an app; several with commas between them" },
    json: { summary: "print the list or the code, as JSON" },
  },
  examples: [
    ["tokens --code --content content", "let the owner's phone in"],
    ["tokens --revoke 0v3e5k9qb1hm7x2d --state s3://bucket/state", "take access away from an app"],
  ],
});
