/** Bundles each Lambda function into a folder of its own under `dist/lambda/`, as it is deployed. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeFunction } from "./functions.ts";

const names = readdirSync("functions").filter((name) => name.endsWith(".ts"));

for (const name of names.map((name) => name.slice(0, -3))) {
  const folder = join("dist", "lambda", name);
  for (const file of writeFunction(folder, name)) {
    const { size } = statSync(join(folder, file));
    process.stdout.write(`${join(folder, file)}  ${(size / 1024).toFixed(0)} KiB\n`);
  }
}
