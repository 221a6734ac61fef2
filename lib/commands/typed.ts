/** Commands as people type them next: in the way in which they ran this one. */
import { visible } from "../terminal/text.ts";

export type CallEnvironment = { readonly [name: string]: string | undefined };

/** Whether npm runs a script of Dripfeed's own checkout, in which docs/ is: a blog may have a script of the same name. */
export const isCheckout = (environment: CallEnvironment): boolean =>
  environment["npm_package_name"] === "dripfeed" &&
  ["start", "dripfeed"].includes(environment["npm_lifecycle_event"] ?? "");

/** Of `npm start` or `npm run dripfeed`, of `npx` with the packages that it was given, or of a `dripfeed` that is installed. */
function callOf(environment: CallEnvironment): string {
  if (environment["npm_lifecycle_event"] === "dripfeed" || isCheckout(environment)) return "npm run dripfeed --";
  if (environment["npm_command"] !== "exec") return "dripfeed";
  const packages = environment["npm_config_package"]?.split(/\s/).filter((name) => name !== "") ?? [];
  return ["npx", ...packages.flatMap((name) => ["--package", quoted(name)]), "dripfeed"].join(" ");
}

export const typed = (words: readonly string[], environment: CallEnvironment): string =>
  [callOf(environment), ...words.map(quoted)].join(" ");

/** What would control the terminal is written as shells read it in `$'…'`, so that the command can still be typed. */
function quoted(word: string): string {
  if (/^[\w./:@%+,=-]+$/.test(word)) return word;
  if (visible(word) === word) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = [...word.replace(/['\\]/g, "\\$&")].map((each) => (visible(each) === each ? each : escapeOf(each)));
  return `$'${escaped.join("")}'`;
}

const escapeOf = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
