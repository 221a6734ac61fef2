/** `npm run test:damage`: every case of damage to the state store. With a number and a seed, a sample of so many. */
import { allCases, failuresOf, sampleCases } from "./cases.ts";
import { woundedSite } from "./site.ts";

const [count, seed = "1"] = process.argv.slice(2);
const wounded = await woundedSite();
const cases = count === undefined ? allCases(wounded) : sampleCases(wounded, Number(count), Number(seed));
let done = 0;
const failures = await failuresOf(wounded, cases, () => {
  done += 1;
  if (done % 1000 === 0) process.stderr.write(`${done} of ${cases.length}\n`);
});
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.stdout.write(`${cases.length} cases, ${failures.length} of them wrong\n`);
process.exitCode = failures.length > 0 ? 1 : 0;
