/** Settings of a function, read from its environment, and the part of Lambda's context that is used. */

export interface Environment {
  readonly [name: string]: string | undefined;
}

export interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis?(): number;
}

/** Throws one error that names every missing setting. */
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

/** The names of the three stores. Throws as `settings` does. */
export function storeSettings(environment: Environment): {
  readonly [store in "content" | "public" | "state"]: string;
} {
  const names = settings(environment, ["DRIPFEED_CONTENT", "DRIPFEED_PUBLIC", "DRIPFEED_STATE"]);
  return { content: names.DRIPFEED_CONTENT, public: names.DRIPFEED_PUBLIC, state: names.DRIPFEED_STATE };
}
