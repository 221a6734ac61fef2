/**
 * Whether a call is allowed, as IAM decides it within one account: not without a permission of the role or of the resource, and not
 * against a denial. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import type { Permission } from "./policies.ts";

export interface Call {
  /** A role, by its name; a service, `Service:s3.amazonaws.com`; `*` for anybody. */
  readonly by: string;
  readonly action: string;
  readonly resource: string;
  /** What conditions ask for, by keys in lower case. */
  readonly context: { readonly [key: string]: string };
}

export interface Decision {
  readonly isAllowed: boolean;
  /** The permissions that allow it, or the denials that forbid it. */
  readonly because: readonly Permission[];
}

export function decide(call: Call, policies: readonly Permission[]): Decision {
  const applying = policies.filter((each) => isAbout(each, call));
  const denials = applying.filter(({ effect }) => effect === "Deny");
  if (denials.length > 0) return { isAllowed: false, because: denials };
  return { isAllowed: applying.length > 0, because: applying };
}

function isAbout({ of, action, resource, principals, conditions }: Permission, call: Call): boolean {
  const isWho = principals ? principals.some((each) => isPrincipal(each, call.by)) : of === call.by;
  return (
    isWho &&
    matches(action.toLowerCase(), call.action.toLowerCase()) &&
    matches(resource, call.resource) &&
    Object.entries(conditions).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => isMet(operator, values, context(call)[key])),
    )
  );
}

/** Clients of AWS speak TLS; a key that a call does not have is absent. */
const context = ({ context }: Call): Call["context"] => ({ "aws:securetransport": "true", ...context });

function isPrincipal(principal: string, by: string): boolean {
  if (principal === "*" || principal === "AWS:*") return true;
  return principal === by;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function isMet(operator: string, values: readonly string[], given: string | undefined): boolean {
  if (given === undefined) {
    if (["StringEquals", "StringLike", "ArnEquals", "ArnLike", "Bool"].includes(operator)) return false;
  } else {
    switch (operator) {
      case "StringEquals":
        return values.includes(given);
      case "Bool":
        return values.some((each) => each.toLowerCase() === given.toLowerCase());
      // ArnEquals and ArnLike are the same.
      case "StringLike":
      case "ArnEquals":
      case "ArnLike":
        return values.some((each) => matches(each, given));
    }
  }
  throw new Error(`the condition operator ${operator} is not known here`);
}

/** `*` stands for any text, `?` for one character. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("?", "."));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}
