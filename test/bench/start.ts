/** Begins a bundled function as Lambda does, and says when: `node start.ts <bundle>`, a process of its own each time. */
import { pathToFileURL } from "node:url";

const bundle = pathToFileURL(process.argv[2] ?? "").href;
const start = performance.timeOrigin + performance.now();
const { handler } = await import(bundle);
// Nobody answers what it asks for: only when it asks is of interest.
await handler({ full: true }, { awsRequestId: "bench" }).catch(() => undefined);
process.stdout.write(`${start}\n`);
