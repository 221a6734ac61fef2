/** What to do about a Node that is too old, for who reads it; in JavaScript that it parses, too. */
import { existsSync } from "node:fs";

export function howToGetNode() {
  if (!/\/lib\/[^/]+$/.test(import.meta.url)) {
    // As it was called: a package that was given to npx is given again.
    const given = (process.env["npm_config_package"] || "").split(/\s+/).filter((name) => name && !/^node@/.test(name));
    const packages = ["node@24"].concat(given.length > 0 ? given : ["dripfeed"]).map((name) => `--package ${name}`);
    return `npm brings one along: npx ${packages.join(" ")} dripfeed ${process.argv[2] || "help"}`;
  }
  if (existsSync(new URL("../node_modules/node/package.json", import.meta.url))) {
    return "npm ci has brought one along, on which npm runs it: npm start, npm run dripfeed -- check";
  }
  return "Install it from https://nodejs.org; or npm ci, without --omit=dev, brings one along for npm start and npm run dripfeed";
}
