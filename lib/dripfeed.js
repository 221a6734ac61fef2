#!/usr/bin/env node
/** The program's first step, in JavaScript that any Node can read: says so when Node is too old for the rest. */
async function start() {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < 24) {
    process.stderr.write(
      `dripfeed: Node 24 or newer is needed, this is ${process.versions.node}. ` +
        "In a checkout run it through npm, which brings its own: npm start, npm run dripfeed -- check\n",
    );
    process.exitCode = 2;
    return;
  }
  // What was compiled is kept for the next time, which is half of what a short command takes.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  // As one file it is its own renderer, too.
  const { isMainThread, workerData } = await import("node:worker_threads");
  if (!isMainThread && workerData === "renderer") {
    await import("./workers/renderer.ts");
    return;
  }
  const { main } = await import("./cli.ts");
  process.exitCode = await main(process.argv.slice(2));
}

void start();
