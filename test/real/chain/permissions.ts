/** What functions ask of AWS while a test drives them, held against the policies of the template that deploys them. */
import type { Config } from "../../../infra/settings.ts";
import { CONFIG, deployment } from "../../infra/deployment.ts";
import { type Coverage, coverageOf } from "../../infra/iam/coverage.ts";
import type { Call } from "../../infra/iam/decide.ts";
import { type Permission, policiesOf } from "../../infra/iam/policies.ts";
import { callsOf, roleOf } from "../../infra/iam/requests.ts";
import { type Resolved, resolve } from "../../infra/iam/resolve.ts";
import { callsByServices } from "../../infra/iam/services.ts";
import { headerOf, type WireRequest } from "../../support/models/exchange.ts";
import { readRequest } from "../../support/models/request.ts";
import { onAnswer } from "../../support/models/watch.ts";

export interface Recorded {
  readonly template: Resolved;
  readonly policies: readonly Permission[];
  /** Each once, in the order in which they came first. */
  readonly calls: readonly Call[];
  /** Of a role: with it, what clients ask is known as asked by it. */
  nameOfRole(role: string): { readonly [variable: string]: string };
  /** A function's variables as they are deployed, by the name of its file. */
  environmentOf(name: string): { readonly [variable: string]: string };
  /** The names of all functions. */
  readonly functions: readonly string[];
  /** `others`: calls that no server saw. */
  coverage(others?: readonly Call[]): Coverage;
}

/** By the SDK's own means, the name of an application: https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html */
const APPLICATION = "AWS_SDK_UA_APP_ID";
const roleIn = ({ headers }: WireRequest): string | undefined =>
  / app\/(\w+)/.exec(headerOf(headers, "user-agent") ?? "")?.[1];

/**
 * `names`: what resources are called in this test, by their ids in the template without the hash; of a queue its URL. Several where
 * functions are driven on stores of their own, one after the other.
 */
export function record(
  names: { readonly [id: string]: string | readonly string[] },
  config: Config = CONFIG,
): Recorded {
  const template = resolve(deployment(config));
  const pairs = Object.entries(names).flatMap(([id, here]) =>
    [here].flat().map((each) => [template.ref(id), each] as const),
  );
  /** With the names of the template, some of which policies spell out. */
  const asDeployed = <T>(value: T): T =>
    JSON.parse(pairs.reduce((text, [own, here]) => text.replaceAll(here, own), JSON.stringify(value)));
  const asHere = (text: string): string => pairs.reduce((each, [own, here]) => each.replaceAll(own, here), text);
  const policies = policiesOf(template);
  const calls = new Map<string, Call>();
  const unknown = new Set<string>();
  onAnswer((request, { status }) => {
    const role = roleIn(request);
    if (role === undefined) return;
    try {
      const read = readRequest(request);
      if (!read) return;
      const { Body: _, ...input } = read.input;
      for (const call of callsOf({ ...read, input: asDeployed(input) }, role, status)) {
        calls.set(JSON.stringify(call), call);
      }
    } catch (error) {
      unknown.add(`${role}: ${(error as Error).message}`);
    }
  });
  const functions = Object.entries(template.resources).filter(([, { Type }]) => Type === "AWS::Lambda::Function");
  const fileOf = ([, { Properties }]: (typeof functions)[number]): string =>
    String(Properties["Handler"]).split(".")[0] ?? "";
  const nameOfRole = (role: string) => ({ [APPLICATION]: role });
  return {
    template,
    policies,
    get calls() {
      return [...calls.values()];
    },
    functions: functions.map(fileOf),
    nameOfRole,
    environmentOf(name) {
      const found = functions.find((each) => fileOf(each) === name);
      if (!found) throw new Error(`the template has no function ${name}`);
      const { Environment, Role } = found[1].Properties;
      const { Variables } = Environment as { readonly Variables: { readonly [variable: string]: string } };
      const here = Object.entries(Variables).map(([variable, value]) => [variable, asHere(value)]);
      return { ...Object.fromEntries(here), ...nameOfRole(roleOf(String(Role))) };
    },
    coverage(others = []) {
      const { refused, unused } = coverageOf([...calls.values(), ...others, ...callsByServices(template)], policies);
      return { refused: [...unknown, ...refused], unused };
    },
  };
}
