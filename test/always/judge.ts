/** For `mutations.ts`, as a process in a copy of the checkout: runs the test that it is asked for, by a vitest that is begun once. */
import { resolve } from "node:path";
import type { TestCase, Vitest } from "vitest/node";
import { createVitest } from "vitest/node";

export interface Asked {
  readonly file: string;
  readonly test: string;
}

/** The result of one test. */
export interface Outcome {
  readonly state: string;
  /** For each failure the names of its errors, from the outermost to the first cause. */
  readonly errors: readonly (readonly string[])[];
  readonly message: string;
}

interface Failure {
  readonly name?: string;
  readonly message: string;
  readonly cause?: unknown;
}

const isFailure = (value: unknown): value is Failure =>
  typeof value === "object" && value !== null && "message" in value;

const namesOf = ({ name = "", cause }: Failure): readonly string[] => [
  name,
  ...(isFailure(cause) ? namesOf(cause) : []),
];

const messageOf = ({ message, cause }: Failure): string => (isFailure(cause) ? messageOf(cause) : message);

function outcomeOf(test: TestCase): Outcome {
  const { state, errors = [] } = test.result();
  return { state, errors: errors.map(namesOf), message: errors.map(messageOf).join("; ") };
}

/** Undefined when the file could not be run, or has no such test. */
async function judged(vitest: Vitest, { file, test }: Asked): Promise<Outcome | undefined> {
  const pattern = new RegExp(test.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const asked = vitest.getRootProject().createSpecification(resolve(file), { testNamePattern: pattern });
  // A process of its own for each: nothing of a mutant stays.
  const { testModules } = await vitest.runTestSpecifications([asked]);
  const tests = testModules
    .filter(({ moduleId }) => moduleId === asked.moduleId)
    .flatMap(({ children }) => [...children.allTests()]);
  const found = tests.find(({ name }) => name === test);
  return found && outcomeOf(found);
}

const silent = {};
const vitest = await createVitest("test", {
  config: "test/always/vitest.config.ts",
  watch: false,
  cache: false,
  reporters: [silent],
});
process.once("disconnect", () => process.exit());
process.on("message", async (asked: Asked) => {
  const outcome = await judged(vitest, asked).catch(() => undefined);
  process.send?.({ outcome });
});
