/** The process of a command where somebody looks. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";

/** A line of progress is drawn, and the process stays, until a signal comes. */
const DRAWING = `
  process.stderr.isTTY = true;
  const { progress, untilInterrupted } = await import("./lib/commands/console.ts");
  if (process.argv[1] === "awaited") void untilInterrupted().then(() => process.exit(7));
  progress({ step: "read", done: 1, total: 9 });
  setTimeout(() => {
    progress({ step: "read", done: 3, total: 9 });
    process.stdout.write("drawn");
    setInterval(() => {}, 1000);
  }, 600);`;

async function interrupt(...words: readonly string[]) {
  const env = { ...process.env };
  delete env["CI"];
  const child = spawn(process.execPath, ["--input-type=module", "-e", DRAWING, ...words], { env });
  const written = text(child.stderr);
  await once(child.stdout, "data");
  child.kill("SIGINT");
  const [code, signal] = await once(child, "close");
  return { code, signal, written: await written };
}

describe("Ctrl-C while a line of progress is shown", () => {
  test("erases the line, and ends the process as it would have", async () => {
    const { code, signal, written } = await interrupt();
    expect({ code, signal }).toEqual({ code: null, signal: "SIGINT" });
    expect(written).toMatch(/3 of 9.*\u001b\[1G\u001b\[0J$/s);
  });

  test("leaves the end to a command that waits for it", async () => {
    const { code, written } = await interrupt("awaited");
    expect(code).toBe(7);
    expect(written).toMatch(/\u001b\[0J$/);
  });
});
