/** What `dripfeed help` prints. */
import { COMMANDS } from "./table.ts";

const OPTIONS = `Stores are folders or s3://bucket/prefix; AWS_ENDPOINT_URL_S3 names an S3 other than AWS.
  --content <store>   where the posts and site.yaml are           (content)
  --public <store>    where the feeds go                          (public)
  --state <store>     what Dripfeed remembers; keep it            (.dripfeed)

Options of init
  --dry-run           print site.yaml; write and check nothing
  --force             replace the site.yaml that is there
  --json              print what was recognised, and what was not, as JSON

Options of publish and check
  --now <time>        publish as at this moment, such as 2026-01-01T00:00:00Z
  --json              print only the report (check: the problems) on standard output, as JSON

Options of check
  --github            also print the problems as annotations of a pull request
  --strict            exit 1 for warnings too, not for errors alone

Options of push
  --dry-run           show what would be put and removed; change nothing
  --force             also replace or remove what was changed in the store, or put there by others
  --json              print what was done as JSON

Options of publish
  --full              look at every post and document: the default; for scripts that state it
  --dry-run           show what would be done; change nothing
  --force             do what would be refused
  --wait              keep running, and publish again whenever something is due; ends when nothing is, or with Ctrl-C
  --strict            exit 1 if there is a problem
  --rebuild           the state store is lost or damaged: read back what is left of it and the published feeds

Options of rollback, which also takes --now, --json, --dry-run and --force
  --list              list the former runs that are kept
  --to <run>          go back to this run (default: the last before the current one)

Option of adopt alone
  --by-address        also for posts without an entry: ids of the form that those of the entries have

Options of adopt and ids
  --dry-run           show which ids would be kept; keep none
  --force             also after the first publication, when it changes ids that readers know
  --json              print what matched and what did not, as JSON

Option of dev, which needs only --content and writes to no store
  --port <number>     port of the preview (4000, or the next that is free)

Exit codes: 0 done or nothing to do, 1 content problems, 2 usage or configuration, 3 refused, 4 a store failed, 70 a fault of Dripfeed.`;

/** Words longer than this have their summary on the next line. */
const WIDTH = 30;

export function helpText(): string {
  const forms = COMMANDS.flatMap((command) => command.forms);
  const lines = forms.map(([words, summary]) => {
    const gap = words.length > WIDTH ? `\n${" ".repeat(11 + WIDTH)}` : " ".repeat(WIDTH - words.length);
    return `  dripfeed ${words}${gap}${summary}`;
  });
  return ["dripfeed publishes the feeds of a site written in Markdown.", "", ...lines, "", OPTIONS].join("\n");
}
