/** `dripfeed ids`: renews `ids.jsonl` in the content, compares it with the records, and reads ids from such a file. */
import { randomUUID } from "node:crypto";
import { type IdsFile, readIdsFile, renewIdsFile } from "../adopt/idsfile.ts";
import { encodeLedger, type Ledger, parseLedger } from "../adopt/ledger.ts";
import { present } from "../base/optional.ts";
import { IDS_KEY } from "../base/problems.ts";
import type { GonePost, Problem } from "../model.ts";
import { loadIds, setIds } from "../publish/adoption.ts";
import { compareIds, type Difference, renewedIds } from "../publish/idsdiffer.ts";
import { explainDamage } from "../publish/load/load.ts";
import { readHead } from "../state/head.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import { listEtags, type Store } from "../stores/store.ts";
import { keepIds } from "../terminal/adoption.ts";
import { showDifferences } from "../terminal/differences.ts";
import { visible } from "../terminal/text.ts";
import { count } from "../terminal/words.ts";
import { clock, log, paint, print, show } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { IDS_CHECK, IDS_EXPORT, IDS_IMPORT } from "./declared/ids.ts";
import { DONE, orUsageError, PROBLEMS, REFUSED, UsageError } from "./exit.ts";
import { holderOf } from "./holder.ts";
import { readTextInput } from "./input.ts";
import { asCallerTyped, contentAsGiven } from "./options.ts";
import { writeTextOutput } from "./output.ts";

export async function runIdsExport({ values, args, given }: InputOf<typeof IDS_EXPORT>): Promise<number> {
  return await exportIds(await openBoth(values, given), args.file);
}

export async function runIdsCheck({ values, given }: InputOf<typeof IDS_CHECK>): Promise<number> {
  return await checkIds(await openBoth(values, given), values);
}

export async function runIdsImport({ values, args }: InputOf<typeof IDS_IMPORT>): Promise<number> {
  const { "dry-run": dryRun, force, json, state } = values;
  return await importIds(await open(state), args.file, { dryRun, force, json, state });
}

const open = async (name: string): Promise<Store> => await orUsageError(openStore(name, storeOptions(process.env)));

async function openBoth(
  { content, state }: { readonly content: string; readonly state: string },
  given: { readonly content?: string },
): Promise<Stores> {
  await assertContent(content, contentAsGiven(given));
  return { content: await open(content), state: await open(state) };
}

interface Stores {
  readonly content: Store;
  readonly state: Store;
}

async function exportIds({ content, state }: Stores, file: string | undefined): Promise<number> {
  const { known, gone } = await readKnown(state);
  const next = (posts: Ledger) => renewedIds(posts, known, gone);
  if (file === undefined) {
    if (known.size === 0) {
      print("no post has an id yet, so the file stays as it is: publish first, or check --state");
      return DONE;
    }
    const errors = await renewIdsFile(content, next);
    if (errors.length > 0) return refuseUnreadable(errors);
    const { posts } = await readIdsFile(content);
    const name = asCallerTyped(`${content.name}/${IDS_KEY}`);
    print(`${visible(name)} has the ids of ${count(posts.size, "post")}: ${keepIds(name)}`);
    return DONE;
  }
  const { posts, errors } = await readIdsFile(content);
  if (errors.length > 0) return refuseUnreadable(errors);
  const text = encodeLedger(next(posts).values());
  if (file === "-") process.stdout.write(text);
  else await writeTextOutput(file, text);
  return DONE;
}

/** What the file merely lacks, since posts came after it was renewed, is told, and an error with `strict` alone. */
async function checkIds(
  { content, state }: Stores,
  { json, strict }: { readonly json: boolean; readonly strict: boolean },
): Promise<number> {
  const file = await readIdsFile(content);
  if (file.errors.length > 0 && !json) return refuseUnreadable(file.errors);
  const { known, gone } = await readKnown(state);
  const etags = await listEtags(content);
  const differences = compareIds({ file, known, gone, isThere: (key) => etags.has(key) });
  if (json) print(JSON.stringify({ posts: known.size, problems: file.errors, differences }, null, 2));
  else await show(differences.length === 0 ? equal(file, known) : showDifferences(differences.map(asProblem), paint));
  const isWrong = strict ? differences.length > 0 : differences.some(({ what }) => what !== "missing");
  return file.errors.length > 0 || isWrong ? PROBLEMS : DONE;
}

function asProblem({ what, line = 1, message, fix }: Difference): Problem {
  return { code: what, severity: what === "missing" ? "warning" : "error", file: IDS_KEY, line, message, fix };
}

const equal = ({ posts }: IdsFile, known: Ledger): string => {
  const waiting = posts.size - known.size;
  const more = waiting > 0 ? `, and those of ${count(waiting, "post")} that the records do not have yet` : "";
  return `${IDS_KEY} has the ids of ${count(known.size, "post")}, as the records have them${more}`;
};

interface Known {
  /** The ids of every post that has a record, and of those that wait in the state store. */
  readonly known: Ledger;
  readonly gone: readonly GonePost[];
}

async function readKnown(state: Store): Promise<Known> {
  const { ledger, catalog } = await readHead(state)
    .then((head) => loadIds(state, head, { log }))
    .catch((error) => explainDamage(error, state));
  return { known: ledger, gone: catalog?.gone ?? [] };
}

function refuseUnreadable(errors: readonly Problem[]): number {
  print(showErrors(IDS_KEY, errors));
  return PROBLEMS;
}

type LineError = Pick<Problem, "line" | "message" | "fix">;

const showErrors = (file: string, errors: readonly LineError[]): string =>
  errors
    .map(({ line = 1, message, fix }) => `${visible(file)}:${line}: error: ${visible(message)}\n  fix: ${visible(fix)}`)
    .join("\n");

interface ImportOptions {
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly json: boolean;
  /** Its name. */
  readonly state: string;
}

async function importIds(state: Store, file: string, options: ImportOptions): Promise<number> {
  const { dryRun, force, json } = options;
  const { posts, errors, newer } = parseLedger(await readTextInput(file));
  if (newer !== undefined)
    throw new UsageError(`${file} was written by a newer Dripfeed (format ${newer}): use that one`);
  if (errors.length > 0) {
    print(json ? JSON.stringify({ errors }, null, 2) : showErrors(file, errors));
    return PROBLEMS;
  }
  const holder = holderOf(options.state);
  const refused = await setIds(state, { dryRun, force, clock, holder, log, run: randomUUID(), next: () => posts });
  if (json) print(JSON.stringify({ dryRun, posts: posts.size, ...present({ refused }) }, null, 2));
  else if (refused) print(`refused: ${visible(refused.message)}\n  fix: ${visible(refused.fix)}`);
  else print(`${dryRun ? "would keep" : "kept"} the ids of ${count(posts.size, "post")}; the next publish uses them`);
  return refused ? REFUSED : DONE;
}
