/** For `mutations.ts`: copies of the checkout, and the process in each that runs tests. */
import { type ChildProcess, execFile, fork } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Asked, Outcome } from "./judge.ts";

/** How long one test, or one command, may take. */
const PATIENCE_MS = 300_000;

export interface Finished {
  readonly code: number;
  readonly output: string;
}

export interface Copy {
  readonly folder: string;
  /** Undefined when the test could not be run, or did not end. */
  outcomeOf(asked: Asked): Promise<Outcome | undefined>;
  remove(): void;
}

export function run(command: string, args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve) => {
    const options = { cwd, timeout: PATIENCE_MS, killSignal: "SIGKILL", maxBuffer: 100_000_000 } as const;
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) || 1 : 0, output: stdout + stderr });
    });
  });
}

/** A copy of the files that are tracked, or new and not ignored, as they are now. */
export async function copyCheckout(): Promise<Copy> {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], ".");
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "dripfeed-mutations-"));
  for (const file of listed.output.split("\0").filter(Boolean)) {
    if (file === "node_modules" || !existsSync(file)) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file), { force: true });
  }
  symlinkSync(realpathSync("node_modules"), join(folder, "node_modules"));
  const judge = judgeIn(folder);
  return {
    folder,
    outcomeOf: judge.outcomeOf,
    remove() {
      judge.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The process is begun when it is needed: anew after a test that did not end. */
function judgeIn(folder: string) {
  let judge: ChildProcess | undefined;
  const end = () => {
    // With the processes that it began, one of which may be in an endless loop.
    if (judge?.pid !== undefined && judge.exitCode === null) process.kill(-judge.pid, "SIGKILL");
    judge = undefined;
  };
  const outcomeOf = (asked: Asked): Promise<Outcome | undefined> => {
    judge ??= fork("test/always/judge.ts", {
      cwd: folder,
      detached: true,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const asking = judge;
    return new Promise((resolve) => {
      const answered = (answer?: { readonly outcome?: Outcome }) => {
        clearTimeout(timer);
        asking.off("message", answered).off("exit", died);
        resolve(answer?.outcome);
      };
      const died = () => {
        judge = undefined;
        answered();
      };
      const timer = setTimeout(() => {
        end();
        answered();
      }, PATIENCE_MS);
      asking.on("message", answered).on("exit", died);
      asking.send(asked);
    });
  };
  return { outcomeOf, end };
}
