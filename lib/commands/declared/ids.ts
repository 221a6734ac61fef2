/** The commands for the ids of posts: their words. */
import { declare } from "../declare.ts";
import { fromCallersFolder, STORES, UNUSED } from "../options.ts";

export const ADOPT = declare({
  name: "adopt",
  summary: "keep the ids of a former system's feeds",
  more: "Run it before that system is replaced, so that readers show no entry twice.",
  arguments: {
    feed: { summary: "each feed of the former system: a file or a URL", isRepeated: true, parse: fromCallersFolder },
  },
  options: {
    ...STORES,
    "by-address": {
      summary: "also for posts without an entry: ids of the form that those of the entries have",
    },
    "dry-run": { summary: "show which ids would be kept; keep none" },
    force: { summary: "also after the first publication, when it changes ids that readers know" },
    json: { summary: "print what matched and what did not, as JSON" },
  },
  examples: [
    ["adopt https://example.com/feed.xml --dry-run", "see which entries are which posts"],
    ["adopt old/rss.xml old/atom.xml --content blog", "keep the ids of two feeds that were saved"],
  ],
});

/** Those of `publish` can be given as they are. */
const OPTIONS = { ...STORES, public: { ...STORES.public, summary: UNUSED } } as const;

export const IDS_EXPORT = declare({
  name: "ids export",
  summary: "renew ids.jsonl in the content",
  more: "It is written from the records; commit it with the content, and the ids outlive the state store.",
  arguments: {
    file: { summary: "write this file instead; - is standard output", isOptional: true, parse: fromCallersFolder },
  },
  options: OPTIONS,
  examples: [
    ["ids export", "after a run, before the content is committed"],
    ["ids export -", "print them"],
  ],
});

export const IDS_CHECK = declare({
  name: "ids check",
  summary: "compare ids.jsonl with the records",
  more: "It exits with 1 where a line differs, or no post has it.",
  options: {
    ...OPTIONS,
    strict: { summary: "exit with 1 also for posts that the file does not have yet" },
    json: { summary: "print the differences, as JSON" },
  },
  examples: [
    ["ids check", "see whether the file is right"],
    ["ids check --strict", "in CI, where it must be complete, too"],
  ],
});

export const IDS_IMPORT = declare({
  name: "ids import",
  summary: "give posts the ids of a file",
  more: "The file is one that ids export wrote.",
  arguments: { file: { summary: "the file; - is standard input", parse: fromCallersFolder } },
  options: {
    ...OPTIONS,
    content: { ...STORES.content, summary: UNUSED },
    "dry-run": { summary: "read the file, and keep no id" },
    force: { summary: "also when it changes ids that readers know" },
    json: { summary: "print what was done, as JSON" },
  },
  examples: [
    ["ids import saved.jsonl --dry-run", "see whether the file can be used"],
    ["ids import saved.jsonl", "into a state store that is new"],
  ],
});
