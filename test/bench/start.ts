/** `node start.ts <bundle>`: starts a bundled function as Lambda does, and prints when it began. */
import { pathToFileURL } from "node:url";

const bundle = pathToFileURL(process.argv[2] ?? "").href;
const start = performance.timeOrigin + performance.now();
const { handler } = await import(bundle);
// Its requests fail; only the time of the first one is measured.
await handler({ full: true }, { awsRequestId: "bench" }).catch(() => undefined);
process.stdout.write(`${start}\n`);
