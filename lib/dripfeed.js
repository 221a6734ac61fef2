#!/usr/bin/env node
/** The program's entry point, in JavaScript that older versions of Node parse too, so that it can refuse them. */
async function start() {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < 24) {
    process.stderr.write(
      `dripfeed: Node 24 or newer is needed, this is ${process.versions.node}. ` +
        "npm brings it along: npx --package node@24 --package ./dripfeed-0.1.0.tgz dripfeed init; " +
        "in a checkout: npm start, npm run dripfeed -- check\n",
    );
    process.exitCode = 2;
    return;
  }
  // Compiling is half of the time that a short command takes.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  // Bundled into one file, the program also runs as its rendering threads.
  const { isMainThread, workerData } = await import("node:worker_threads");
  if (!isMainThread && workerData === "renderer") {
    await import("./workers/renderer.ts");
    return;
  }
  const { main } = await import("./cli.ts");
  process.exitCode = await main(process.argv.slice(2));
}

void start();
