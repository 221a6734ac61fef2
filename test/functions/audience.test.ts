/** `audience`, on folders as stores. */
import { webcrypto } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handlerFor } from "../../functions/audience.ts";
import { logger } from "../../lib/lambda/log.ts";
import { logCount } from "../../lib/lambda/outcome/count.ts";
import { SITE } from "../support/world.ts";

const folders: string[] = [];
const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Stores of a site, with `site.yaml` and without a log. */
async function environment(siteYaml = SITE) {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-audience-"));
  folders.push(folder);
  for (const name of ["content", "logs"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "content", "site.yaml"), siteYaml);
  const place = (name: string) => join(folder, name);
  const variables = {
    ...{ DRIPFEED_CONTENT: place("content"), DRIPFEED_PUBLIC: place("public"), DRIPFEED_STATE: place("state") },
    ...{ DRIPFEED_LOGS: place("logs"), DRIPFEED_SITE: "notes" },
  };
  return { folder, variables };
}

const logged = () => lines.map((line) => JSON.parse(line)).filter((line) => !("_aws" in line));
const metrics = () => lines.map((line) => JSON.parse(line)).filter((line) => "_aws" in line);

describe("audience", () => {
  test("names every missing setting in one error", async () => {
    const handler = handlerFor({ DRIPFEED_STATE: "state" });
    await expect(handler({}, { awsRequestId: "1" })).rejects.toThrow(
      /DRIPFEED_CONTENT, DRIPFEED_PUBLIC, DRIPFEED_LOGS/,
    );
    expect(logged()).toMatchObject([{ level: "error", requestId: "1" }]);
  });

  test("fails without a usable site.yaml, and keeps nothing", async () => {
    const { folder, variables } = await environment("title: Notes\nurl: nowhere\n");
    await expect(handlerFor(variables)({}, { awsRequestId: "1" })).rejects.toThrow(/site\.yaml cannot be used/);
    expect((await readdir(folder)).toSorted()).toEqual(["content", "logs"]);
    expect(metrics()).toEqual([]);
  });

  test("counts nothing and does not fail before the first push, and says how to push", async () => {
    const { folder, variables } = await environment();
    await rm(join(folder, "content", "site.yaml"));
    expect(await handlerFor(variables)({}, { awsRequestId: "1" })).toBeUndefined();
    expect(logged()).toMatchObject([{ level: "info", message: expect.stringMatching(/no site\.yaml yet/) }]);
    expect(logged()[0].fix).toMatch(/dripfeed push <folder>/);
    expect(metrics()).toEqual([]);
  });

  test("gives what was counted, without all of what is kept, and says it in one line and in metrics", async () => {
    const { variables } = await environment();
    const result = await handlerFor(variables)({}, { awsRequestId: "1" });
    expect(result).toMatchObject({ requests: 0, damaged: 0, files: 0, skipped: [], subscribers: { total: 0 } });
    expect(result).not.toHaveProperty("audience");
    expect(logged().filter(({ message }) => message === "counted")).toMatchObject([
      { level: "info", requestId: "1", requests: 0, damaged: 0, files: 0, reported: 0, estimated: 0 },
    ]);
    expect(metrics()).toMatchObject([
      { Site: "notes", AudienceRequests: 0, AudienceDamaged: 0, AudienceSubscribers: 0 },
    ]);
  });

  test("counts what the logs have, and keeps it", async () => {
    const { folder, variables } = await environment();
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const fields =
      "date time x-edge-request-id c-ip cs-method x-host-header cs-uri-stem cs-uri-query sc-status sc-bytes cs(User-Agent)";
    const cells = [
      day,
      "10:00:00",
      "r1",
      "192.0.2.1",
      "GET",
      "-",
      "/rss.xml",
      "-",
      "200",
      "900",
      "Feedbin%20feed-id:1%20-%20142%20subscribers",
    ];
    await writeFile(join(folder, "logs", "a.log"), `#Version: 1.0\n#Fields: ${fields}\n${cells.join("\t")}\n`);
    const result = await handlerFor(variables)({}, { awsRequestId: "1" });
    expect(result).toMatchObject({ days: [day], requests: 1, day, subscribers: { total: 142 } });
    expect(metrics()).toMatchObject([{ AudienceRequests: 1 }]);
    const kept = await readdir(join(folder, "state", "audience"), { recursive: true });
    expect(kept).toEqual(expect.arrayContaining(["audience.html", `${day.replaceAll("-", "/")}.json`]));
  });

  test("writes nothing in a dry run, no metric either, which an alarm would take for a count", async () => {
    const { folder, variables } = await environment();
    await handlerFor(variables)({ dryRun: true }, { awsRequestId: "1" });
    expect((await readdir(folder)).toSorted()).toEqual(["content", "logs"]);
    expect(metrics()).toEqual([]);
  });

  test("takes no other event for a dry run", async () => {
    const { variables } = await environment();
    const handler = handlerFor(variables);
    for (const event of [undefined, null, "dryRun", [], { dryRun: "yes" }]) await handler(event, { awsRequestId: "1" });
    expect(metrics()).toHaveLength(5);
  });

  test("makes a salt of 64 random bits for each count", async () => {
    const { variables } = await environment();
    const random = vi.spyOn(webcrypto, "getRandomValues");
    const handler = handlerFor(variables);
    await handler({}, { awsRequestId: "1" });
    await handler({}, { awsRequestId: "2" });
    const sizes = random.mock.calls.map(([array]) => (ArrayBuffer.isView(array) ? array.byteLength : 0));
    expect(sizes).toEqual([8, 8]);
  });
});

test("the log of a count names some of the keys that are no access logs, and how many there are", () => {
  const skipped = Array.from({ length: 30 }, (_, i) => `cdn/${i}.parquet`);
  const outcome = {
    days: ["2026-11-28"],
    requests: 7,
    damaged: 2,
    otherHosts: 0,
    outOfRange: 0,
    ofYesterday: 7,
    fewer: [],
    files: 1,
    skipped,
    repeated: [],
    cut: [],
    unreadable: [],
    day: "2026-11-28",
  };
  logCount({ ...outcome, dryRun: false, subscribers: { reported: 5, estimated: 1 } }, logger("1"), "notes");
  expect(logged()).toMatchObject([
    { level: "warn", keys: skipped.slice(0, 20), count: 30 },
    { level: "info", message: "counted", days: ["2026-11-28"], requests: 7, reported: 5, estimated: 1 },
  ]);
  expect(metrics()).toMatchObject([{ AudienceRequests: 7, AudienceDamaged: 2, AudienceSubscribers: 6 }]);
});
