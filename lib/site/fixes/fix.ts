/** What to write in the place of a value of `site.yaml`: told with the message of the schema, found when it is asked for. */
import type { BaseIssue } from "valibot";
import { stringify } from "yaml";

type Issue = BaseIssue<unknown>;

const LONGEST = 200;

/** By the issue of valibot that has the message. Thousands may be wrong in one way, and few of them are shown. */
const FIXES = new WeakMap<Issue, () => string | undefined>();

/** A message for valibot, and what to write in the place of the value. */
export const told =
  <Input>(message: string, fixOf: string | ((input: Input) => string | undefined)) =>
  (issue: BaseIssue<Input>): string => {
    FIXES.set(issue, () => (typeof fixOf === "string" ? fixOf : fixOf(issue.input)));
    return message;
  };

/** The message of an issue for another one, with its fix. */
export const toldAs =
  (issue: Issue) =>
  (other: Issue): string => {
    const fixOf = FIXES.get(issue);
    if (fixOf) FIXES.set(other, fixOf);
    return issue.message;
  };

export function fixOf(issue: Issue): string | undefined {
  const fix = FIXES.get(issue)?.();
  return fix === undefined || fix.length > LONGEST ? undefined : fix.replaceAll("\n", " ");
}

/** A value as YAML has it, on one line: in quotes where it needs them. */
export const asYaml = (value: unknown): string =>
  stringify(value, {
    collectionStyle: "flow",
    lineWidth: 0,
    flowCollectionPadding: !Array.isArray(value),
  }).trim();

export const write = (value: unknown): string => `write ${asYaml(value)}`;
