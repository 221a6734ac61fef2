/** A reporter for `mutations.ts`: of each test its name and why it failed, causes included, as one line of JSON. */
import type { Reporter } from "vitest/node";

/** What a test came to. */
export interface Outcome {
  readonly name: string;
  readonly state: string;
  /** Of each failure the names of the errors, from the outermost to the one that caused it. */
  readonly errors: readonly (readonly string[])[];
  readonly message: string;
}

/** Stands before each line, so that what tests print is not taken for one. */
export const MARK = "\u001eoutcome ";

/** vitest calls this with `new`, and a default export is the only one that it takes. */
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
