/** A reporter for `mutations.ts`: each test's name and why it failed, causes included, as one line of JSON. */
import type { Reporter } from "vitest/node";

/** The result of one test. */
export interface Outcome {
  readonly name: string;
  readonly state: string;
  /** For each failure the names of its errors, from the outermost to the first cause. */
  readonly errors: readonly (readonly string[])[];
  readonly message: string;
}

/** Begins each line, so that lines that tests print are not mistaken for results. */
export const MARK = "\u001eoutcome ";

/** A default export because vitest takes a reporter from nothing else. */
export default function outcomeReporter(): Reporter {
  return {
    onTestCaseResult(test) {
      const { state, errors = [] } = test.result();
      const message = errors.map(messageOf).join("; ");
      const outcome: Outcome = { name: test.name, state, errors: errors.map(namesOf), message };
      process.stdout.write(`${MARK}${JSON.stringify(outcome)}\n`);
    },
  };
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
