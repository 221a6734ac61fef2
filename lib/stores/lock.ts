/** A lock between processes, as a file: exclusive by creation, and taken over safely when its holder has died. */
import { createHash, randomUUID } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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
export async function acquireLock(path: string): Promise<() => void> {
  const ticket = `${hostname()} ${process.pid} ${randomUUID()}`;
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (create(path, ticket)) return () => rmSync(path, { force: true });
    const held = look(path);
    if (held && isAbandoned(held)) await breakLock(path, held);
    else if (Date.now() > deadline) throw new Error(`${path} is locked by another process (${held?.ticket ?? "?"})`);
    else await sleep(2 + Math.random() * 6);
  }
}

/** Removes the lock of somebody who has died; leaves any other. */
export async function clearLock(path: string): Promise<void> {
  const held = look(path);
  if (held && isAbandoned(held)) await breakLock(path, held);
}

/**
 * As a symbolic link, which exists and says whose it is in one step: whoever is killed between making a file and
 * writing to it leaves a lock of nobody's. Where there are no links, a file has to do.
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

function look(path: string): Held | undefined {
  try {
    const stats = lstatSync(path);
    const ticket = stats.isSymbolicLink() ? readlinkSync(path) : readFileSync(path, "utf8");
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
    const present = look(path);
    if (present?.ticket === held.ticket && isAbandoned(present)) rmSync(path, { force: true });
  } finally {
    release();
  }
}
