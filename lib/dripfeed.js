#!/usr/bin/env node
/** The program's entry point, in JavaScript that older versions of Node parse too, so that it can refuse them. */
async function start() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  // As `engines` in package.json says. Before 22.18, types are stripped with a flag alone; 23 is no longer maintained.
  if (!(major >= 24 || (major === 22 && minor >= 18))) {
    const { howToGetNode } = await import("./oldnode.js");
    process.stderr.write(
      `dripfeed: Node 22.18, or 24 or newer, is needed; this is ${process.versions.node}. ${howToGetNode()}\n`,
    );
    process.exitCode = 2;
    return;
  }
  // Compiling is half of the time that a short command takes.
  process.getBuiltinModule("node:module").enableCompileCache();
  const { main } = await import("./cli.ts");
  process.exitCode = await main(process.argv.slice(2));
}

void start();
