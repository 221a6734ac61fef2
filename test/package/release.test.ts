/** A release: the tag, the version and the changelog say the same, and npm is told where the package comes from. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { releaseNotes } from "../../infra/changelog.ts";

const CHANGELOG = `# Changelog

## Unreleased

## 1.2.0 - 2026-11-30

### Added

- A weir.

## [1.1.0] - 2026-10-01

- A gate.

## 1.0.0 - 2026-09-01
`;

describe("the notes of a release", () => {
  test("are the section of its version", () => {
    expect(releaseNotes(CHANGELOG, "1.2.0", "v1.2.0")).toBe("### Added\n\n- A weir.");
    expect(releaseNotes(CHANGELOG, "1.1.0", "v1.1.0")).toBe("- A gate.");
  });

  test.each([
    ["1.2.0", "v1.3.0", "the tag v1.3.0 is not v1.2.0"],
    ["1.2.0", "1.2.0", "the tag 1.2.0 is not v1.2.0"],
    ["1.3.0", "v1.3.0", '"## 1.3.0 - <year>-<month>-<day>"'],
    ["1.2", "v1.2", '"## 1.2 - '],
    ["1.0.0", "v1.0.0", "is empty"],
  ])("of version %s are refused to the tag %s", (version, tag, message) => {
    expect(() => releaseNotes(CHANGELOG, version, tag)).toThrow(message);
  });
});

describe("the release workflow", () => {
  const text = readFileSync(".github/workflows/release.yml", "utf8");
  const { on, permissions, jobs } = parse(text);
  const commands: readonly string[] = jobs.publish.steps.flatMap(({ run }: { run?: string }) => run ?? []);

  test("runs for tags of versions alone, after every check", () => {
    expect(on).toEqual({ push: { tags: ["v*"] } });
    expect(jobs.publish.needs).toBe("check");
    expect(jobs.check.steps).toContainEqual({ run: ".ci/run" });
  });

  test("may write only where it publishes, and holds no token of npm", () => {
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs.check.permissions).toBeUndefined();
    expect(jobs.publish.permissions).toEqual({ contents: "write", "id-token": "write" });
    expect(text).not.toContain("secrets.");
    expect(jobs.publish.steps).toContainEqual({
      uses: "actions/checkout@v4",
      with: { "persist-credentials": false },
    });
  });

  test("publishes with provenance, a version with a hyphen not as the latest", () => {
    const publish = commands.find((command) => command.startsWith("npm publish"));
    expect(publish).toContain("--provenance");
    const tagOf = (name: string) =>
      execFileSync("bash", ["--norc", "-c", `npm() { echo "$@"; }; ${publish}`], {
        encoding: "utf8",
        env: { GITHUB_REF_NAME: name, TARBALL: "a.tgz" },
      });
    expect(tagOf("v1.0.0")).toBe("publish a.tgz --provenance --tag latest\n");
    expect(tagOf("v1.0.0-rc.1")).toBe("publish a.tgz --provenance --tag next\n");
  });

  test("makes a release that is the latest only of a version without a hyphen", () => {
    const release = commands.find((command) => command.startsWith("gh release create"));
    const made = (name: string) =>
      execFileSync("bash", ["--norc", "-c", `gh() { echo "$@"; }; ${release}`], {
        encoding: "utf8",
        env: { GITHUB_REF_NAME: name, TARBALL: "a.tgz" },
      });
    expect(made("v1.0.0")).toBe("release create v1.0.0 a.tgz --verify-tag --notes-file notes.md\n");
    expect(made("v1.0.0-rc.1")).toBe(
      "release create v1.0.0-rc.1 a.tgz --verify-tag --notes-file notes.md --prerelease\n",
    );
  });
});
