/** The writing page as it is served: small, whole in every language, and closed to everything that is not its own. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { BUILT, builtPage } from "../../../infra/pagebuild.ts";
import { pageFiles } from "../../../lib/write/page/files.ts";
import { chooseLanguage, WRITING_LANGUAGES, writingWords } from "../../../lib/write/page/language.ts";
import { openPage } from "../../../lib/write/page/open.ts";
import { type WritePageInput, writePage } from "../../../lib/write/page/page.ts";
import { sampleSite } from "../../formats/samples.ts";

const ORIGIN = "https://feeds.example.com";
const MAX_BYTES = 60 * 1024;

const SITE = sampleSite({
  authors: { li: { name: "Li Mei" }, wang: { name: "Wang Wei" } },
  languages: ["en", "zh"],
  color: "#b5651d",
});

const pageOf = (input: Partial<WritePageInput> = {}) =>
  writePage({ site: SITE, origin: ORIGIN, chosen: { language: "en", direction: "ltr" }, ...input });

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

test("the scripts that are checked in are those of the client: after a change, npm run page", () => {
  expect(readFileSync(BUILT, "utf8") === builtPage()).toBe(true);
});

describe.each(WRITING_LANGUAGES)("in %s", (language) => {
  const { html } = pageOf({ chosen: { language, direction: "ltr" } });

  test("the page has less than 60 KB", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(MAX_BYTES);
  });

  test("every word is there, with the same places for values as in English", () => {
    const placesOf = (value: unknown): unknown =>
      typeof value === "string"
        ? [value === "", [...value.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()]
        : Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, placesOf(each)]));
    expect(placesOf(writingWords(language))).toEqual(placesOf(writingWords("en")));
  });
});

test("in French no sign begins a line: the space before it does not break", () => {
  expect(JSON.stringify(writingWords("fr"))).not.toMatch(/ [:;?!»]|« /);
});

test("its style and script are allowed by their hashes, and nothing else runs, frames or is asked", () => {
  const { html, headers } = pageOf({ uploads: "https://content.s3.eu-west-1.amazonaws.com" });
  const [style = "", script = ""] = [/<style>(.*?)<\/style>/s, /<script>(.*?)<\/script>/s].map(
    (part) => part.exec(html)?.[1],
  );
  const policy = new Map(headers["content-security-policy"]?.split("; ").map((each) => [each.split(" ")[0], each]));
  expect(policy.get("script-src")).toBe(`script-src ${hashOf(script)}`);
  expect(policy.get("style-src")).toBe(`style-src ${hashOf(style)}`);
  expect(policy.get("connect-src")).toBe("connect-src 'self' https://content.s3.eu-west-1.amazonaws.com");
  expect(policy.get("img-src")).toBe(
    "img-src 'self' blob: data: https://example.com/media/ https://feeds.example.com/media/",
  );
  const names = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
  for (const each of [...names, "require-trusted-types-for 'script'"]) expect([...policy.values()]).toContain(each);

  expect(html.replace(script, "")).not.toMatch(
    /\son\w+=|style="|<script src|https?:\/\/(?!feeds\.example\.com|example\.com|content\.s3)\w/,
  );
});

test("a title that looks like markup ends no script and is no markup", () => {
  const title = `</script><script>alert(1)</script><!--`;
  const { html } = pageOf({ site: { ...SITE, title, authors: { a: { name: title } } } });
  expect(html.match(/<script/g)?.length).toBe(2);
  expect(html.match(/<\/script/g)?.length).toBe(2);
  const [, data = ""] = /id="data">(.*?)<\/script>/s.exec(html) ?? [];
  expect(JSON.parse(data).site.title).toBe(title);
});

test("apps find what they look for, in headers and in the head", () => {
  const { html, headers } = pageOf();
  for (const [rel, path] of [
    ["indieauth-metadata", "metadata"],
    ["micropub", "micropub"],
    ["authorization_endpoint", "auth"],
    ["token_endpoint", "token"],
  ]) {
    expect(html).toContain(`<link rel="${rel}" href="/write/${path}">`);
    expect(headers["link"]).toContain(`<${ORIGIN}/write/${path}>; rel="${rel}"`);
  }
});

test.each([
  [{ asked: "fr", accepted: "de", site: "en" }, "fr", "ltr"],
  [{ accepted: "nl, de;q=0.8, en;q=0.5", site: "en" }, "de", "ltr"],
  [{ accepted: "zh-TW", site: "en" }, "zh-Hant", "ltr"],
  [{ accepted: "zh-CN", site: "en" }, "zh-Hans", "ltr"],
  [{ accepted: "*", site: "ja" }, "ja", "ltr"],
  [{ accepted: "", site: "zh-HK" }, "zh-Hant", "ltr"],
  [{ asked: "<script>", accepted: null, site: "nl" }, "en", "ltr"],
  [{ accepted: "ar, en;q=0.5", site: "en" }, "en", "rtl"],
  [{ accepted: "", site: "he" }, "en", "rtl"],
] as const)("of %j the page is in %s, %s", (wish, language, direction) => {
  expect(chooseLanguage(wish)).toEqual({ language, direction });
});

describe("what is asked of it", () => {
  const page = openPage({ site: async () => SITE, origin: ORIGIN });
  const ask = (path: string, init: RequestInit = {}) => page(new Request(ORIGIN + path, init));

  test.each(["/write/", "/write/auth?client_id=x"])(
    "%s is the page, in the language that is asked for",
    async (path) => {
      const answer = await ask(path, { headers: { "accept-language": "fr" } });
      expect(answer?.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(await answer?.text()).toContain('<html lang="fr" dir="ltr">');
    },
  );

  test("what a browser has already is not sent again, nor the body to whoever asks for the head alone", async () => {
    const first = await ask("/write/");
    const etag = first?.headers.get("etag") ?? "";
    const again = await ask("/write/", { headers: { "if-none-match": `W/${etag}` } });
    expect([again?.status, await again?.text()]).toEqual([304, ""]);
    expect((await ask("/write/?lang=ja", { headers: { "if-none-match": etag } }))?.status).toBe(200);
    expect(await (await ask("/write/", { method: "HEAD" }))?.text()).toBe("");
  });

  test("other addresses and other methods are another's", async () => {
    expect(await ask("/write/micropub")).toBeUndefined();
    expect(await ask("/write/auth", { method: "POST" })).toBeUndefined();
    expect(await ask("/write/constructor")).toBeUndefined();
  });
});

test("the page can be installed, and takes what other apps share", () => {
  const files = pageFiles(SITE, { language: "zh-Hans", direction: "ltr" });
  const manifest = JSON.parse(String(files["/write/app.webmanifest"]?.body));
  expect(manifest).toMatchObject({ start_url: "/write/", scope: "/write/", display: "standalone", lang: "zh-Hans" });
  expect(manifest.share_target.params).toEqual({ title: "title", text: "text", url: "url" });
  for (const { src } of manifest.icons) expect(files[src]).toBeDefined();
  expect(files["/write/worker.js"]?.headers["content-type"]).toBe("text/javascript; charset=utf-8");
});

test("the icon is a PNG of 512 pixels, in the site's colour with a light drop in the middle", () => {
  const png = Buffer.from(pageFiles(SITE, { language: "en", direction: "ltr" })["/write/icon.png"]?.body as Uint8Array);
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
  const at = png.indexOf("IDAT");
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const shade = (x: number, y: number) => rows[y * 513 + 1 + x];
  expect([shade(0, 0), shade(256, 290), shade(256, 60), shade(511, 511)]).toEqual([0, 9, 0, 0]);
});
