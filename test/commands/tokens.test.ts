/** `dripfeed tokens` as an owner types it, over what sign-in keeps. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderStore } from "../../lib/stores/folder.ts";
import { qrLines } from "../../lib/terminal/qr.ts";
import { readCode } from "../support/qr.ts";
import {
  AUTHORS,
  answered,
  bearer,
  connectApp,
  keptTexts,
  letIn,
  pageRequest,
  registration,
  type SignInWorld,
  signInWorld,
} from "../support/signin.ts";

let folder: string;
let world: SignInWorld;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "dripfeed-tokens-"));
  await folderStore(join(folder, "content")).put("site.yaml", Buffer.from(AUTHORS), { contentType: "text/plain" });
  world = signInWorld({ state: folderStore(join(folder, ".dripfeed")) });
  await world.state.put("head.json", Buffer.from("{}"), { contentType: "application/json" });
  world.clock.advance(Date.now() - world.clock.now().getTime()); // that of the command
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function tokens(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("lib/dripfeed.js"), "tokens", ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: undefined },
  });
  return { status, stdout, stderr };
}

describe("a code", () => {
  test("is printed with its link, and lets a device in", async () => {
    const { status, stdout } = tokens("--code", "--content", "content", "--author", "bo");
    expect(status).toBe(0);
    const [, code = ""] = /^code {2}(\S+)$/m.exec(stdout) ?? [];
    expect(stdout).toContain(`open  https://feeds.example.com/write/#code=${code}\nfor   author bo, once, until 2`);
    expect((await answered(world.signIn, (await registration(world.signIn, code)).request())).status).toBe(201);
  });

  test("is JSON for scripts, and needs no site.yaml with --url", () => {
    const { status, stdout } = tokens("--code", "--json", "--url", "https://feeds.example.com/blog/");
    const made = JSON.parse(stdout);
    expect([status, made.role, made.url]).toEqual([0, "owner", `https://feeds.example.com/write/#code=${made.code}`]);
  });

  test("is not made in a state store that no page has", async () => {
    for (const words of [["--code"], ["--app", "curl"]]) {
      const { status, stderr } = tokens(...words, "--state", "other");
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining("the state store other holds nothing yet: write --state"),
      ]);
    }
    expect(existsSync(join(folder, "other"))).toBe(false);
    await world.state.delete("head.json");
    await world.signIn.newCode({ role: "owner", seconds: 60 }); // as write does before the first run
    expect(tokens("--code", "--json").status).toBe(0);
  });

  test("is there for the owner, however many wrong ones were tried", async () => {
    const { code: tried } = await world.signIn.newCode({ role: "owner", seconds: 3600 });
    for (let i = 0; i < 20; i++) {
      const code = `${tried.slice(0, 5)}-00000-00000-00000`;
      await answered(world.signIn, pageRequest("POST", "/write/session/code", { body: { code } }));
    }
    const { code } = JSON.parse(tokens("--code", "--json", "--content", "content").stdout);
    world.clock.advance(3_000);
    expect((await answered(world.signIn, (await registration(world.signIn, code)).request())).status).toBe(201);
  });

  test.each([
    [
      ["--code", "--content", "content", "--author", "eve"],
      "eve is not among the authors of site.yaml: it names ada, bo",
    ],
    [["--code", "--role", "drafts"], "--role drafts is of one of the authors of site.yaml: write --author, too"],
    [["--code", "--url", "feeds.example.com"], "--url feeds.example.com is no URL: write https://"],
    [["--author", "bo"], "--author is for --code and --app: type one, too"],
    [["--code", "--revoke", "x"], "--code and --revoke are two commands"],
    [["--code", "--app", "curl"], "--code and --app are two commands"],
    [["--code", "--scopes", "create"], "--scopes is for --app: type it, too"],
    [["--app", "curl", "--scopes", "create,all"], "--scopes cannot be all: write some of create,draft,update"],
    [["--app", " "], "--app is what the list calls it: write 1 to 100 letters"],
    [["--app", "curl", "--content", "content", "--author", "eve"], "eve is not among the authors of site.yaml"],
    [["--code", "--role", "boss"], "--role cannot be boss"],
    [["--revoke", "x"], "no device and no app has the id x"],
  ])("is not made by %j", async (words, why) => {
    const { status, stderr } = tokens(...words);
    expect([status, stderr]).toEqual([2, expect.stringContaining(why)]);
    expect([...(await keptTexts(world.state)).keys()]).toEqual(["head.json"]);
  });
});

describe("a token for a script", () => {
  const make = (...words: readonly string[]) => JSON.parse(tokens("--json", "--app", "My shortcut", ...words).stdout);

  test("does what was said, as whom it was said, and is kept as its digest", async () => {
    const { token, id } = make("--author", "bo", "--scopes", "update,create");
    expect(await world.signIn.granted(bearer(token))).toEqual({
      ...{ author: "bo", role: "author", scopes: ["create", "update"], id },
    });
    for (const text of (await keptTexts(world.state)).values()) expect(text).not.toContain(token.slice(-43));
    const { status } = (await world.signIn.granted(
      bearer(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`),
    )) as Response;
    expect(status).toBe(401);
  });

  test("of somebody who writes drafts is for drafts, and of nobody once site.yaml does not name them", async () => {
    const { token } = make("--author", "bo", "--role", "drafts");
    expect(await world.signIn.granted(bearer(token))).toMatchObject({ role: "drafts", scopes: ["draft", "media"] });
    const { token: unnamed } = make("--author", "eve");
    expect(await world.signIn.granted(bearer(unnamed))).toMatchObject({ status: 403 });
  });

  test("counts until a year after its last use, and is listed and revoked as an app", async () => {
    const { token, id } = make();
    const day = 24 * 60 * 60 * 1000;
    for (const days of [364, 364]) {
      world.clock.advance(days * day);
      expect(await world.signIn.granted(bearer(token))).toMatchObject({ role: "owner" });
    }
    world.clock.advance(366 * day);
    expect(await world.signIn.granted(bearer(token))).toMatchObject({ status: 401 });
    const { token: other, id: second } = make();
    expect(tokens().stdout).toContain(`${second}  My shortcut  owner`);
    expect(id).not.toBe(second);
    expect(tokens("--revoke", second).stdout).toBe(`revoked: app ${second}\n`);
    expect(await world.signIn.granted(bearer(other))).toMatchObject({ status: 401 });
  });

  test("is ended by whoever has it, and stays when a device goes", async () => {
    const { token } = make();
    await letIn(world, "owner", "ada");
    tokens("--revoke", JSON.parse(tokens("--json").stdout).devices[0].id);
    expect(await world.signIn.granted(bearer(token))).toMatchObject({ role: "owner" });
    await world.signIn.answer(
      new Request("https://feeds.example.com/write/revoke", { method: "POST", body: new URLSearchParams({ token }) }),
    );
    expect(await world.signIn.granted(bearer(token))).toMatchObject({ status: 401 });
  });
});

describe("whose it is", () => {
  const ONE = AUTHORS.replace(/^ {2}bo.*\n/m, "");
  const site = async (text: string) =>
    await folderStore(join(folder, "content")).put("site.yaml", Buffer.from(text), { contentType: "text/plain" });

  test.each([["--app", "curl"], ["--code"]])(
    "is the only author with %s, unless another is named",
    async (...words) => {
      await site(ONE);
      const { stdout } = tokens(...words, "--content", "content");
      expect(stdout).toMatch(/^for {3}owner ada, /m);
      expect(stdout).not.toMatch(/^note/m);
    },
  );

  test.each([["--app", "curl"], ["--code"]])("and that posts will name nobody, is said with %s", (...words) => {
    const known = tokens(...words, "--content", "content");
    expect(known.stdout).toMatch(
      /^for {3}owner, .*\nnote {2}posts name no author; with --author and one of ada, bo they do/m,
    );
    const url = ["--url", "https://feeds.example.com"];
    expect(tokens(...words, ...url).stdout).toMatch(/^note {2}posts name no author if site.yaml has several/m);
    expect(tokens(...words, ...url, "--author", "bob").stdout).toMatch(
      /^note {2}site.yaml has to name bob among its authors, .*; with --content that is looked up now$/m,
    );
    expect(JSON.parse(tokens(...words, ...url, "--json").stdout).note).toContain("no author");
  });

  test("is nobody's on a site without authors, which needs no word", async () => {
    await site(AUTHORS.slice(0, AUTHORS.indexOf("authors:")));
    expect(tokens("--app", "curl", "--content", "content").stdout).not.toMatch(/^note/m);
  });
});

describe("the list", () => {
  test("has devices and apps, and no secret", async () => {
    expect(tokens().stdout).toBe("nobody may write yet: dripfeed tokens --code --content content lets a device in\n");
    const { cookie } = await letIn(world, "author", "bo");
    const app = await connectApp(world.signIn, cookie);
    const { stdout } = tokens();
    expect(stdout).toMatch(
      /^devices \(1\)\n {2}id +name +who +since +last used\n {2}[0-9a-z]{26} {2}Pixel +bo, author +[\d-]{10} +[\d-]{10}$/m,
    );
    expect(stdout).toMatch(
      /^ {2}[0-9a-z]{16} {2}https:\/\/app\.example\.org\/ +bo, author .* create update media profile$/m,
    );
    const { stdout: json } = tokens("--json");
    expect(JSON.parse(json)).toMatchObject({ devices: [{ author: "bo" }], tokens: [{ author: "bo" }] });
    for (const secret of [cookie.slice(-43), app.access_token.slice(-43), app.refresh_token.slice(-43)]) {
      expect(stdout + json).not.toContain(secret);
    }
  });
});

describe("revoking", () => {
  test("ends apps and devices, several at once, and none where one is unknown", async () => {
    const { cookie } = await letIn(world, "owner", "ada");
    const app = await connectApp(world.signIn, cookie);
    const { devices, tokens: apps } = JSON.parse(tokens("--json").stdout);
    expect(tokens("--revoke", `${apps[0].id},zzz`).status).toBe(2);
    expect(await world.signIn.granted(bearer(app.access_token))).toMatchObject({ role: "owner" });
    expect(tokens("--revoke", `${apps[0].id}, ${devices[0].id}`)).toMatchObject({
      status: 0,
      stdout: `revoked: app ${apps[0].id}\nrevoked: device ${devices[0].id}, and the apps that it let in\n`,
    });
    expect(await world.signIn.granted(bearer(app.access_token))).toMatchObject({ status: 401 });
    expect((await answered(world.signIn, pageRequest("GET", "/write/session", { cookie }))).status).toBe(401);
  });
});

test("the QR code in a terminal is the link", () => {
  const url = "https://feeds.example.com/write/#code=0V3E5-K9QB1-HM7X2-D0000";
  const lines = qrLines(url);
  const width = lines[0]?.length ?? 0;
  const scale = 4;
  const height = lines.length * 2;
  const pixels = new Uint8ClampedArray(width * height * scale * scale * 4).fill(255);
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const row = Math.floor(y / scale);
      const block = lines[row >> 1]?.[Math.floor(x / scale)] ?? " ";
      const isLight = block === "█" || block === (row % 2 === 0 ? "▀" : "▄");
      if (!isLight) pixels.fill(0, (y * width * scale + x) * 4, (y * width * scale + x) * 4 + 3);
    }
  }
  expect(readCode(pixels, width * scale, height * scale)?.data).toBe(url);
});
