/** The commands that make feeds, or show them: their words. */
import { declare } from "../declare.ts";
import { CONTENT, NOW, portOf, STORES, UNUSED } from "../options.ts";

export const PUBLISH = declare({
  name: "publish",
  summary: "write the feeds of the content",
  more: "Only what changed is written. Where nothing changed, nothing is.",
  options: {
    ...STORES,
    "dry-run": { summary: "show what would be done; change nothing" },
    force: { summary: "do what would be refused" },
    wait: {
      summary: "keep running, and publish again whenever something is due; this ends when nothing is, or with Ctrl-C",
    },
    strict: { summary: "exit with 1 if there is a problem" },
    rebuild: {
      summary: "the state store is lost or damaged: read back what is left of it, and the feeds that are published",
    },
    full: { summary: "look at every post and document: the default, for scripts that state it" },
    ...NOW,
    json: { summary: "print only the report, as JSON" },
  },
  examples: [
    ["publish --content blog --public blog/public --state blog/.dripfeed", "write the feeds of a blog"],
    ["publish --dry-run", "see what would change first"],
  ],
});

export const DEV = declare({
  name: "dev",
  summary: "preview the feeds, and again after every change",
  more: "They are served to this machine alone, from a temporary folder that goes with it: no store is written to.",
  options: {
    ...CONTENT,
    port: {
      ...{ value: "number", default: 4000, parse: portOf },
      summary: "port of the preview, 0 for any; without it, the next that is free",
    },
  },
  examples: [
    ["dev", "look at the feeds of the folder content"],
    ["dev --content blog --port 8080", "of another folder, at http://127.0.0.1:8080/"],
  ],
});

export const CHECK = declare({
  name: "check",
  summary: "show the problems of the content; publish nothing",
  more: "It exits with 1 if there is an error: a post that is not published, or not as it is written.",
  options: {
    ...STORES,
    public: { ...STORES.public, summary: UNUSED },
    state: { ...STORES.state, summary: UNUSED },
    all: { summary: "show every problem with its lines, however many there are" },
    strict: { summary: "exit with 1 for warnings too, not for errors alone" },
    github: { summary: "also print the problems as annotations of a pull request" },
    ...NOW,
    json: { summary: "print only the problems, as JSON" },
  },
  examples: [
    ["check", "before you publish"],
    ["check --content blog --strict", "in CI, where a warning counts, too"],
  ],
});

export const ROLLBACK = declare({
  name: "rollback",
  summary: "publish by the ids and dates of a former run",
  more: "The content is not changed: put that back first, if it is what was wrong.",
  options: {
    ...STORES,
    list: { summary: "list the former runs that are kept; change nothing" },
    to: { value: "run", summary: "go back to this run; without it, to the one before the current one" },
    "dry-run": { summary: "show what would be done; change nothing" },
    force: { summary: "do what would be refused" },
    ...NOW,
    json: { summary: "print only the report, or the list, as JSON" },
  },
  examples: [
    ["rollback --list", "see which runs there are"],
    ["rollback --dry-run", "see what going back by one run would change"],
  ],
});
