/** The definition of the state machine as it is in the template, with names for what it refers to. */
import { CONFIG, deployment, named } from "./deployment.ts";

/** The bucket is `Content`, the queue `Triggers`, the function `Prepare`. */
export function machineDefinition(): unknown {
  const machines = deployment({ ...CONFIG, parallel: true }).of("AWS::StepFunctions::StateMachine");
  const [[, { Definition } = {}] = []] = machines;
  return resolved(Definition);
}

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== "object" || value === null) return value;
  if ("Ref" in value || "Fn::GetAtt" in value) return named(value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each)]));
}
