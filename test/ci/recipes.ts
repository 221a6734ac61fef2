/** The recipes for CI as data: workflows, and the site.yaml that docs/ci.md shows under a heading. */
import { readdirSync, readFileSync } from "node:fs";
import { getStaticTOMLValue, parseTOML } from "toml-eslint-parser";
import { parseDocument } from "yaml";

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  /** Without it, where no step before has failed. */
  readonly if?: string;
  readonly with?: { readonly [key: string]: unknown };
  readonly env?: { readonly [name: string]: string };
}

export interface Job {
  readonly "runs-on": string;
  readonly env?: { readonly [name: string]: string };
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: { readonly [event: string]: unknown };
  readonly env?: { readonly [name: string]: string };
  readonly jobs: { readonly [name: string]: Job };
}

export const WORKFLOWS: readonly string[] = ["docs/ci", ".github/workflows"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yml"))
    .map((name) => `${folder}/${name}`),
);

/** Those that publish a blog. That of a release is begun by a tag (`test/package/release.test.ts`), that of a pull by the clock. */
export const PUBLISHING: readonly string[] = WORKFLOWS.filter((path) => !/\/(?:release|pull)\.yml$/.test(path));

export function readWorkflow(path: string): Workflow {
  const document = parseDocument(readFileSync(path, "utf8"));
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new Error(`${path}: ${problem.message}`);
  return document.toJS() as Workflow;
}

/** The one command of a build on Netlify, as a job. */
export function readNetlify(path: string): Job {
  const { build } = getStaticTOMLValue(parseTOML(readFileSync(path, "utf8"))) as { build: { command: string } };
  return { "runs-on": "netlify", steps: [{ run: build.command }] };
}

const PAGE = readFileSync("docs/ci.md", "utf8");

/** The first block of YAML under a heading of docs/ci.md. */
export function siteUnder(heading: string): string {
  const [, section = ""] = PAGE.split(new RegExp(`^#+ ${heading}$`, "m"));
  const [, yaml] = /^```yaml\n([\s\S]*?)^```$/m.exec(section) ?? [];
  if (yaml === undefined) throw new Error(`docs/ci.md shows no site.yaml under ${heading}`);
  return yaml;
}
