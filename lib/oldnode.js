/** What to do about a Node that is too old, for who reads it; in JavaScript that it parses, too. */
import { existsSync } from "node:fs";

export function howToGetNode() {
  if (!/\/lib\/[^/]+$/.test(import.meta.url)) {
    // As it was called: a package that was given to npx is given again. What is installed is found without its name,
    // by which npx would ask a registry where it is not.
    const given = (process.env["npm_config_package"] || "").split(/\s+/).filter((name) => name && !/^node@/.test(name));
    const packages = ["node@24"].concat(given).map((name) => `--package ${name}`);
    return `npm brings one along: npx ${packages.concat("dripfeed", wordsTyped()).join(" ")}`;
  }
  if (existsSync(new URL("../node_modules/node/package.json", import.meta.url))) {
    return "npm ci has brought one along, on which npm runs it: npm start, npm run dripfeed -- check";
  }
  return "Install it from https://nodejs.org; or npm ci, without --omit=dev, brings one along for npm start and npm run dripfeed";
}

function wordsTyped() {
  const words = process.argv.slice(2);
  return words.length > 0 ? words.map(quoted) : ["help"];
}

/** @param {string} word */
const quoted = (word) => (/^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.split("'").join("'\\''")}'`);
