/** The blocks of commands in README and the pages of docs/, and those that no test runs, with the reason. */
import { readdirSync, readFileSync } from "node:fs";

export interface Block {
  readonly page: string;
  /** The last heading of level 1 or 2 before it. */
  readonly section: string;
  readonly commands: string;
}

export const PAGES: readonly string[] = [
  ...["README.md", "SECURITY.md"],
  ...readdirSync("docs").flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

/** What a block has in it that cannot be run here, or the page on which it is. */
const NOT_RUN: readonly (readonly [has: string, reason: string])[] = [
  [
    "docs/commands.md",
    "its examples are each for another blog, one instead of the other; test/cli.test.ts runs every command",
  ],
  ["dripfeed -- dev", "it runs until Ctrl-C; test/preview/ runs the preview"],
  ["dripfeed -- write", "it runs until Ctrl-C; test/commands/write.test.ts runs it"],
  ["$TOKEN", "it needs write, which runs until Ctrl-C, and its token; test/commands/write.test.ts runs it"],
  ["<account id>", "it has to be filled in with the owner's account; test/real/ runs publish against a gateway"],
  [
    "$WEBHOOK_SECRET_NAME",
    "it needs the deployed stack; test/functions/ signs requests and changes the secret in the same way",
  ],
];

/** What a reader of a section did before. */
export const BEFORE: ReadonlyMap<string, string> = new Map([
  ...["The first device", "More devices, more people", "Apps"].map(
    (section) => [`docs/signin.md, ${section}`, "npm run dripfeed -- publish"] as const,
  ),
  ["docs/operating.md, The state store", "npm run dripfeed -- publish && rm -r .dripfeed"],
  ["docs/operating.md, Rolling back", "npm run dripfeed -- publish"],
]);

export const placeOf = ({ page, section }: Block): string => `${page}, ${section}`;

export const reasonNotToRun = ({ page, commands }: Block): string | undefined =>
  NOT_RUN.find(([has]) => page === has || commands.includes(has))?.[1];

export const REASONS: readonly string[] = NOT_RUN.map(([, reason]) => reason);

const HEADING_OR_BLOCK = /^##? (.+)$|^( *)```sh\n([\s\S]*?)^ *```$/gm;

function blocksOf(page: string): readonly Block[] {
  let section = "";
  return [...readFileSync(page, "utf8").matchAll(HEADING_OR_BLOCK)].flatMap(([, heading, indent = "", commands]) => {
    if (heading !== undefined) section = heading;
    if (commands === undefined) return [];
    return [{ page, section, commands: commands.replaceAll(`\n${indent}`, "\n").trim() }];
  });
}

export const BLOCKS: readonly Block[] = PAGES.flatMap(blocksOf);
