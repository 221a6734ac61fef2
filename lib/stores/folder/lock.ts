/** A lock file between processes: exclusive by its creation, and taken over safely when its holder has died. */
import { hash, randomUUID } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OWN, removeFile } from "./paths.ts";

const PATIENCE_MS = 15_000;
/** Far longer than any holder needs: under the lock it only does a stat and a rename. */
const ABANDONED_MS = 60_000;

interface Holder {
  /** Host, process id and a random id. */
  readonly ticket: string;
  readonly ageMs: number;
}

/** Works under the lock of the file `path`, so that what is checked is what is replaced. */
export async function exclusively(path: string, work: () => Promise<void>): Promise<void> {
  const name = hash("sha256", basename(path)).slice(0, 16);
  const release = await acquireLock(join(dirname(path), `${OWN}${name}.lock`));
  try {
    await work();
  } finally {
    release();
  }
}

/** Waits for the lock file `path`; resolves to its release. Throws when a process that lives keeps it too long. */
export async function acquireLock(path: string): Promise<() => void> {
  const ticket = `${hostname()} ${process.pid} ${randomUUID()}`;
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (create(path, ticket)) return () => removeFile(path);
    const holder = readHolder(path);
    if (holder && isAbandoned(holder)) await breakLock(path, holder);
    else if (Date.now() > deadline) throw new Error(`${path} is locked by another process (${holder?.ticket ?? "?"})`);
    else await sleep(2 + Math.random() * 6);
  }
}

/** Removes the lock of a process that has died, and no other. */
export async function clearLock(path: string): Promise<void> {
  const holder = readHolder(path);
  if (holder && isAbandoned(holder)) await breakLock(path, holder);
}

/**
 * A symbolic link to the ticket: created together with its content, in one step. A process killed between creating a file and
 * writing to it would leave a lock without a ticket. File systems without symbolic links get a file.
 */
function create(path: string, ticket: string): boolean {
  try {
    try {
      symlinkSync(ticket, path);
    } catch (error) {
      if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
      writeFileSync(path, ticket, { flag: "wx" });
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

const NO_LINKS = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "UNKNOWN"]);

function readHolder(path: string): Holder | undefined {
  try {
    const stats = lstatSync(path);
    const ticket = stats.isSymbolicLink() ? readlinkSync(path) : readFileSync(path, "utf8");
    return { ticket, ageMs: Date.now() - stats.mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isAbandoned({ ticket, ageMs }: Holder): boolean {
  if (ageMs > ABANDONED_MS) return true;
  const [host, pid] = ticket.split(" ");
  if (host !== hostname() || !pid) return false; // another machine, or a ticket still being written
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Under a second lock, named by the ticket: else two breakers could each remove one, the second that of the next holder. */
async function breakLock(path: string, holder: Holder): Promise<void> {
  const name = hash("sha256", holder.ticket).slice(0, 12);
  const release = await acquireLock(`${path}-${name}`);
  try {
    const present = readHolder(path);
    if (present?.ticket === holder.ticket && isAbandoned(present)) removeFile(path);
  } finally {
    release();
  }
}
