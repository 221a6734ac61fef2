/** This process among all on this machine, so that the lease of one that was killed is not waited for. */
import { existsSync, readFileSync, readlinkSync, statfsSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, resolve } from "node:path";
import type { Holder } from "../state/busy.ts";
import { parseS3Name } from "../stores/name.ts";

/**
 * Nothing where processes cannot be told apart: for a state store that machines may share, since the copy of a virtual machine has
 * all the names of this one; and on systems without `/proc`. Leases are waited for there.
 *
 * What this does not see: a local disk that is taken from a machine while a run writes, and given to a copy of that machine,
 * which never had the process. Its run takes over at once, and the other, if it can still write, finds that it was overtaken.
 */
export function holderOf(state: string): Holder | undefined {
  if (parseS3Name(state) || !isLocal(state)) return undefined;
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

/** File systems that one machine at a time has mounted, by the numbers that Linux gives them (statfs(2)). */
const LOCAL = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0x2fc12fc1, // ZFS
  0xf2f52010, // F2FS
  0xca451a4e, // bcachefs
  0x01021994, // tmpfs
  0x858458f6, // ramfs
  0x794c7630, // overlayfs, whose upper layer is one of these
]);

/** Of a folder that is yet to be made, the one in which it will be. */
function isLocal(folder: string): boolean {
  let path = resolve(folder);
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path);
  try {
    return LOCAL.has(statfsSync(path).type >>> 0); // without its sign, where the system gives it one
  } catch {
    return false;
  }
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
