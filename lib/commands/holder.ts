/** This process among all on this machine, so that the lease of one that was killed is not waited for. */
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { Holder } from "../state/lease.ts";
import { parseS3Name } from "../stores/name.ts";

/**
 * Nothing where processes cannot be told apart for certain: for a state store that machines share, since a copy of a machine
 * has its names, too; and on systems without `/proc`. Leases are waited for there.
 */
export function holderOf(state: string): Holder | undefined {
  if (parseS3Name(state)) return undefined;
  const here = placeOfProcesses();
  const started = startOf(process.pid);
  if (here === undefined || started === undefined) return undefined;
  const name = `${here} ${process.pid} ${started}`;
  return {
    name,
    hasEnded(other) {
      // A command has one run after the other.
      if (other === name) return true;
      if (!other.startsWith(`${here} `)) return false;
      const [pid, start] = other.slice(here.length + 1).split(" ");
      return isNobody(Number(pid)) || ![start, undefined].includes(startOf(Number(pid)));
    },
  };
}

/** Where process ids mean the same: this machine, since it was started, within this container. */
function placeOfProcesses(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const namespace = readlinkSync("/proc/self/ns/pid");
    return [hostname(), boot, namespace].map(encodeURIComponent).join(" ");
  } catch {
    return undefined;
  }
}

/** When the process was started, in ticks since the machine was: ids are given again. It is the 22nd field (proc_pid_stat(5)). */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, which may hold any of them, and spaces.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function isNobody(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
