/** A lock between processes, as a file: exclusive by creation, and taken over safely when its holder has died. */
import { createHash, randomUUID } from "node:crypto";
import { lstat, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 15_000;
/** Far longer than any holder needs: what it does under a lock is a stat and a rename. */
const ABANDONED_MS = 60_000;

interface Held {
  readonly ticket: string;
  readonly ageMs: number;
}

/** Waits for the lock file `path`; resolves to its release. Throws when a living process keeps it too long. */
export async function acquireLock(path: string): Promise<() => Promise<void>> {
  const ticket = `${hostname()} ${process.pid} ${randomUUID()}`;
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (await create(path, ticket)) return () => rm(path, { force: true });
    const held = await look(path);
    if (held && isAbandoned(held)) await breakLock(path, held);
    else if (Date.now() > deadline) throw new Error(`${path} is locked by another process (${held?.ticket ?? "?"})`);
    else await sleep(2 + Math.random() * 6);
  }
}

/** Removes the lock of somebody who has died; leaves any other. */
export async function clearLock(path: string): Promise<void> {
  const held = await look(path);
  if (held && isAbandoned(held)) await breakLock(path, held);
}

/**
 * As a symbolic link, which exists and says whose it is in one step: whoever is killed between making a file and
 * writing to it leaves a lock of nobody's. Where there are no links, a file has to do.
 */
async function create(path: string, ticket: string): Promise<boolean> {
  try {
    await symlink(ticket, path).catch((error: NodeJS.ErrnoException) => {
      if (!NO_LINKS.has(error.code ?? "")) throw error;
      return writeFile(path, ticket, { flag: "wx" });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

const NO_LINKS = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "UNKNOWN"]);

async function look(path: string): Promise<Held | undefined> {
  try {
    const stats = await lstat(path);
    const ticket = await (stats.isSymbolicLink() ? readlink(path) : readFile(path, "utf8"));
    return { ticket, ageMs: Date.now() - stats.mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isAbandoned({ ticket, ageMs }: Held): boolean {
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

/** Only one breaker of one ticket at a time, so that nobody removes the lock of whoever came next. */
async function breakLock(path: string, held: Held): Promise<void> {
  const name = createHash("sha256").update(held.ticket).digest("hex").slice(0, 12);
  const release = await acquireLock(`${path}-${name}`);
  try {
    const present = await look(path);
    if (present?.ticket === held.ticket && isAbandoned(present)) await rm(path, { force: true });
  } finally {
    await release();
  }
}
