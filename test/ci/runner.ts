/** A runner of CI without a network: the `run` steps of a job in a fresh clone of a blog, with stand-ins for what a runner installs. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Blog, POST, renamed } from "./blogs.ts";
import type { Job } from "./recipes.ts";

const run = promisify(execFile);
const TOOLS = ["npx", "npm", "hugo", "bundle", "rsync", "aws", "gh"];
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** What the recipes' expressions stand for. */
const VALUES: ReadonlyMap<string, string> = new Map([
  ["github.token", "token"],
  ["secrets.SSH_KEY", "key"],
  ["vars.SSH_HOST_KEY", "example.com ssh-ed25519 AAAA"],
  ["vars.SSH_TARGET", "deploy@example.com:/srv/www/blog/"],
  ["vars.DRIPFEED_PUBLIC", "s3://feeds"],
  ["vars.DRIPFEED_STATE", "s3://state/blog"],
  ["vars.DRIPFEED_STORE", "s3://content"],
  ["vars.DRIPFEED_FUNCTION", "rebuild"],
  ["vars.R2_ENDPOINT", "https://account.r2.cloudflarestorage.com"],
  ["secrets.R2_ACCESS_KEY_ID", "id"],
  ["secrets.R2_SECRET_ACCESS_KEY", "secret"],
]);

function expand(text: string): string {
  return text.replaceAll(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => {
    const value = VALUES.get(name);
    if (value === undefined) throw new Error(`no value for ${name}`);
    return value;
  });
}

const expandAll = (env: { readonly [name: string]: string } = {}) =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(value)]));

/** Files of a folder by path. */
export function filesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(files.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

async function writeFiles(folder: string, files: { readonly [path: string]: string }): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** A blog's repository, the machine of its author, and as many runners as are asked for. */
export async function hostedBlog(blog: Blog, siteYaml: string) {
  const root = await mkdtemp(join(tmpdir(), "dripfeed-ci-"));
  const [bin, origin, author, elsewhere, home] = ["bin", "origin.git", "author", "elsewhere", "home"].map((name) =>
    join(root, name),
  ) as [string, string, string, string, string];
  await Promise.all([bin, elsewhere, home].map((folder) => mkdir(folder)));
  for (const tool of TOOLS) {
    await writeFile(join(bin, tool), `#!/bin/sh\nexec bash '${resolve("test/ci/tool.sh")}' ${tool} "$@"\n`);
    await chmod(join(bin, tool), 0o755);
  }
  await writeFiles(join(root, "built"), {
    ...blog.pages,
    ...Object.fromEntries(blog.feeds.map((path) => [path, "<feed/>"])),
  });
  const env = {
    PATH: `${bin}:${process.env["PATH"]}`,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    NODE: process.execPath,
    CHECKOUT: process.cwd(),
    VERSION: version,
    BUILT: join(root, "built"),
    OUTPUT: blog.output,
    CLEARS: String(blog.clears),
    ELSEWHERE: elsewhere,
  };
  const git = (cwd: string, ...args: readonly string[]) =>
    run("git", ["-c", "user.name=Lin", "-c", "user.email=lin@example.com", ...args], { cwd, env });
  const commit = async () => {
    await git(author, "add", "--all");
    await git(author, "commit", "--message", "Words");
    await git(author, "push", "origin", "main");
  };
  await git(root, "init", "--bare", "--initial-branch=main", origin);
  await git(root, "clone", origin, author);
  await git(author, "checkout", "-B", "main");
  await writeFiles(author, {
    "site.yaml": siteYaml,
    ".gitignore": `/.dripfeed/\n/${blog.output}/\n`,
    [blog.post]: POST,
    [blog.second]: POST.replace("The weir", "The gate").replace("03-02", "04-01"),
  });
  await commit();
  let runners = 0;

  return {
    root,
    elsewhere,
    author,
    git,
    /** Runs a job in a fresh clone, with the folders that an action has kept from a former one; resolves to its checkout. */
    async runner(job: Job, workflowEnv: Job["env"], kept?: string): Promise<string> {
      const checkout = join(root, `runner${runners++}`);
      await git(root, "clone", origin, checkout);
      const caches = job.steps
        .filter(({ uses }) => uses?.startsWith("actions/cache@"))
        .map((step) => step.with?.["path"]);
      for (const path of caches) {
        const from = kept && join(kept, String(path));
        if (from && existsSync(from)) await cp(from, join(checkout, String(path)), { recursive: true });
      }
      const usual = job.steps.filter((step) => step.if === undefined);
      for (const step of usual) await this.step(checkout, step, { ...workflowEnv, ...job.env });
      return checkout;
    },
    /** One step, as GitHub's runner starts it. */
    async step(cwd: string, step: Job["steps"][number], jobEnv: Job["env"] = {}): Promise<string> {
      if (step.run === undefined) return "";
      const stepEnv = {
        ...env,
        ...expandAll(jobEnv),
        ...expandAll(step.env),
        GITHUB_STEP_SUMMARY: join(root, "summary"),
      };
      const { stdout } = await run("bash", ["-e", "-c", expand(step.run)], { cwd, env: stepEnv });
      return stdout;
    },
    /** The author renames a post, without a change of its words, and may run something before the commit. */
    async rename(command?: string): Promise<void> {
      await git(author, "pull", "--ff-only", "origin", "main");
      await git(author, "mv", blog.post, renamed(blog.post));
      if (command !== undefined) await this.step(author, { run: command });
      await commit();
    },
    /** The author changes something else. */
    async change(work: () => void): Promise<void> {
      await git(author, "pull", "--ff-only", "origin", "main");
      work();
      await commit();
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
