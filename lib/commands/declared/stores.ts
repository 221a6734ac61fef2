/** The commands that begin a site, fill a store, and work with deployed functions: their words. */
import { declare } from "../declare.ts";
import { fromCallersFolder, STORES } from "../options.ts";

export const INIT = declare({
  name: "init",
  summary: "write site.yaml for your site",
  more: "It reads the configuration of Hugo, Hexo, Jekyll, Astro, Eleventy or Zola, or what plain Markdown files say, writes site.yaml, and checks the content by it.",
  arguments: {
    folder: {
      summary: "the one that your site's configuration is in; without it, the current one",
      isOptional: true,
    },
  },
  options: {
    "dry-run": { summary: "print site.yaml; write and check nothing" },
    force: { summary: "replace the site.yaml that is there" },
    json: { summary: "print what was recognised, and what was not, as JSON" },
  },
  examples: [
    ["init blog", "begin with the blog in the folder blog"],
    ["init blog --dry-run", "see what would be written"],
  ],
});

export const PUSH = declare({
  name: "push",
  summary: "put changed files of a folder in a store",
  more: "It removes only what a push put there.",
  arguments: {
    folder: { summary: "the content", parse: fromCallersFolder },
    store: { summary: "where it goes: s3://bucket/prefix, or a folder", parse: fromCallersFolder },
  },
  options: {
    "dry-run": { summary: "show what would be put and removed; change nothing" },
    force: { summary: "also replace or remove what was changed in the store, or put there by others" },
    json: { summary: "print what was done, as JSON" },
  },
  examples: [
    ["push content s3://bucket/prefix", "bring posts to the content store on AWS"],
    ["push content s3://bucket/prefix --dry-run", "see what would change"],
  ],
});

export const PULL = declare({
  name: "pull",
  summary: "bring posts that came by phone into a folder",
  more: "It brings all that came into a store by other ways than push, and overwrites nothing that was changed here. Texts that were changed in the store, too, are merged by lines where git knows what both began with; where both changed the same lines that of the store is put below .pulled/conflicts/, and the exit code is 3. Commit .pulled/ with the posts.",
  arguments: {
    store: { summary: "where the content is: s3://bucket/prefix, or a folder", parse: fromCallersFolder },
    folder: { summary: "the one that you write in", parse: fromCallersFolder },
  },
  options: {
    media: { summary: "bring files below media/, too" },
    "dry-run": { summary: "show what would be brought and removed; change nothing" },
    json: { summary: "print what was done, as JSON" },
  },
  examples: [
    ["pull s3://bucket/prefix content", "have posts from the phone beside those of the folder"],
    ["pull s3://bucket/prefix content --dry-run", "see what would change"],
  ],
});

export const REPORT = declare({
  name: "report",
  summary: "show the report of a deployed function",
  more: "It exits as publish would have.",
  arguments: { file: { summary: "the report as JSON; - is standard input" } },
  options: { strict: { summary: "exit with 1 if there is a problem" } },
  examples: [
    ["report report.json", "after aws lambda invoke wrote report.json"],
    ["report --strict -", "from a pipe"],
  ],
});

export const INVOKE = declare({
  name: "invoke",
  summary: "call a Lambda function on this machine",
  more: "Stores that are not named are those of DRIPFEED_CONTENT, DRIPFEED_PUBLIC and DRIPFEED_STATE, if they are set. The access logs that audience reads are those of DRIPFEED_LOGS.",
  arguments: {
    function: { summary: "its name", choices: ["rebuild", "announce", "audience"] },
    event: { summary: 'a file with the event as JSON, such as {"full":true}; - is standard input' },
  },
  options: STORES,
  examples: [
    ["invoke rebuild event.json", "see what the function does with an event"],
    ["invoke announce - --state s3://bucket/state", "with one from a pipe"],
  ],
});
