/** What the surroundings of a function say: its environment, and the invocation. */

export interface Environment {
  readonly [name: string]: string | undefined;
}

/** The part of Lambda's context that is used. */
export interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis?(): number;
}

/** Throws one error that names every setting that is missing. */
export function settings<Name extends string>(
  environment: Environment,
  names: readonly Name[],
): { readonly [name in Name]: string } {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new Error(`set ${missing.join(", ")}: a store is s3://bucket/prefix, or a folder to try it by hand`);
  }
  return Object.fromEntries(names.map((name) => [name, environment[name]])) as { readonly [name in Name]: string };
}
