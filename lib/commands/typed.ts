/** Commands as people type them next: in the way in which they ran this one. */

export type CallEnvironment = { readonly [name: string]: string | undefined };

/** Of `npm run dripfeed`, of `npx` with the packages that it was given, or of a `dripfeed` that is installed. */
function callOf(environment: CallEnvironment): string {
  const { npm_lifecycle_event: script, npm_package_name: project } = environment;
  // `npm start` is that of a checkout; a blog may have one of its own, which calls what is installed.
  if (script === "dripfeed" || (script === "start" && project === "dripfeed")) return "npm run dripfeed --";
  if (environment["npm_command"] !== "exec") return "dripfeed";
  const packages = environment["npm_config_package"]?.split(/\s/).filter((name) => name !== "") ?? [];
  return ["npx", ...packages.flatMap((name) => ["--package", quoted(name)]), "dripfeed"].join(" ");
}

export const typed = (words: readonly string[], environment: CallEnvironment): string =>
  [callOf(environment), ...words.map(quoted)].join(" ");

const quoted = (word: string): string => (/^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
