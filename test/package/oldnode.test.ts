/** What an older Node is told, by who reads it. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "dripfeed-oldnode-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The entry point alone, where it may be. */
function entryPointIn(place: string): string {
  mkdirSync(join(folder, place), { recursive: true });
  for (const name of ["dripfeed.js", "oldnode.js"]) cpSync(`lib/${name}`, join(folder, place, name));
  return join(folder, place, "dripfeed.js");
}

function runWith(
  version: string,
  file: string,
  environment: { readonly [name: string]: string } = {},
  words: readonly string[] = ["check"],
) {
  const script = `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });
    process.argv = [process.execPath, ${JSON.stringify(file)}, ...${JSON.stringify(words)}];
    await import(${JSON.stringify(file)});`;
  const { npm_config_package: _, ...rest } = process.env;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    env: { ...rest, ...environment },
  });
}

const NEEDED = "dripfeed: Node 22.18, or 24 or newer, is needed; this is 20.1.0. ";

describe("an older Node ends with 2, and says", () => {
  test("to who runs the package: the command with a Node of npm's", () => {
    const installed = entryPointIn("node_modules/dripfeed/dist/package");
    expect(runWith("20.1.0", installed)).toMatchObject({
      ...{ status: 2, stdout: "" },
      stderr: `${NEEDED}npm brings one along: npx --package node@24 dripfeed check\n`,
    });
    const given = { npm_config_package: "node@20\n\n./dripfeed-1.2.3.tgz" };
    expect(runWith("20.1.0", installed, given).stderr).toBe(
      `${NEEDED}npm brings one along: npx --package node@24 --package ./dripfeed-1.2.3.tgz dripfeed check\n`,
    );
  });

  test("with all that was typed, quoted where the shell needs it", () => {
    const installed = entryPointIn("node_modules/dripfeed/dist/package");
    const commandAfter = (words: readonly string[]) =>
      runWith("20.1.0", installed, {}, words).stderr.split("node@24 dripfeed ")[1];
    expect(commandAfter(["publish", "--content", ".", "--public", "my site's"])).toBe(
      "publish --content . --public 'my site'\\''s'\n",
    );
    expect(commandAfter([])).toBe("help\n");
  });

  test("in a checkout: the commands that npm runs on the Node that it installed", () => {
    const checkout = entryPointIn("checkout/lib");
    mkdirSync(join(folder, "checkout/node_modules"));
    symlinkSync(join(process.cwd(), "node_modules/node"), join(folder, "checkout/node_modules/node"));
    expect(runWith("20.1.0", checkout)).toMatchObject({
      ...{ status: 2, stdout: "" },
      stderr: `${NEEDED}npm ci has brought one along, on which npm runs it: npm start, npm run dripfeed -- check\n`,
    });
  });

  test("in a checkout without development dependencies: where to get one", () => {
    const { status, stderr } = runWith("20.1.0", entryPointIn("small/lib"));
    expect(status).toBe(2);
    expect(stderr).toMatch(/^dripfeed: .* Install it from https:\/\/nodejs\.org; or npm ci, without --omit=dev, /);
  });
});

describe("which Node runs it is what package.json says", () => {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8"));

  test("in its engines", () => expect(engines).toEqual({ node: "^22.18.0 || >=24.0.0" }));

  test.each(["12.22.0", "20.99.0", "22.17.1", "23.11.0"])("%s does not", (version) => {
    expect(runWith(version, entryPointIn("node_modules/dripfeed/dist/package")).status).toBe(2);
  });

  test.each(["22.18.0", "22.20.1", "24.0.0", "25.1.0"])("%s does", (version) => {
    const { stderr } = runWith(version, entryPointIn("node_modules/dripfeed/dist/package"));
    expect(existsSync(join(folder, "node_modules/dripfeed/dist/package/cli.ts"))).toBe(false);
    expect(stderr).toContain("cli.ts"); // beyond the question
  });
});

test("what an older Node parses imports nothing before it asks, and uses no syntax that is new", () => {
  for (const name of ["dripfeed.js", "oldnode.js"]) {
    const text = readFileSync(`lib/${name}`, "utf8");
    expect([...text.matchAll(/^(?:im|ex)port .*from "(.*)"/gm)].map(([, from]) => from)).toEqual(
      name === "dripfeed.js" ? [] : ["node:fs"],
    );
    // Node 12 has neither of these: they would be an error of syntax in place of the message.
    expect(text).not.toMatch(/\?\?|\?\.|^\s*await /m);
  }
});
