/** Posts from a phone in a real generator: pictures, films, sounds and links are on the pages that Hexo makes, and their files beside them. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Parser } from "htmlparser2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openMicropub } from "../../lib/micropub/micropub.ts";
import type { MicropubInput } from "../../lib/micropub/types.ts";
import { folderUploads } from "../../lib/stores/folder/uploads.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { OWNER } from "../micropub/desk.ts";
import { askerOf } from "../micropub/media/desk.ts";
import { png, TAKEN_SAMPLES } from "../micropub/media/samples.ts";
import { testClock } from "../support/world.ts";

const folder = mkdtempSync(join(tmpdir(), "dripfeed-hexo-phone-"));
const run = promisify(execFile);

beforeAll(async () => {
  cpSync("test/real/hexo", folder, { recursive: true });
  mkdirSync(join(folder, "themes/bare/layout"), { recursive: true });
  writeFileSync(join(folder, "themes/bare/layout/post.njk"), "<article>{{ page.content | safe }}</article>");
  const config = join(folder, "_config.yml");
  writeFileSync(config, readFileSync(config, "utf8").replace("theme: false", "theme: bare"));
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names and attributes of what is shown, in its order. */
function shownIn(html: string): readonly (readonly [name: string, attributes: { readonly [name: string]: string }])[] {
  const found: [string, { readonly [name: string]: string }][] = [];
  new Parser({
    onopentag(name, attributes) {
      if (/^(?:img|video|audio)$/.test(name)) found.push([name, attributes]);
    },
  }).end(html);
  return found;
}

function linksIn(html: string): readonly (readonly [address: string, words: string])[] {
  const found: [string, string][] = [];
  let isLink = false;
  new Parser({
    onopentag(name, { href = "" }) {
      isLink ||= name === "a";
      if (name === "a") found.push([href, ""]);
    },
    ontext(text) {
      const last = found.at(-1);
      if (last && isLink) last[1] += text;
    },
    onclosetag(name) {
      if (name === "a") isLink = false;
    },
  }).end(html);
  return found;
}

test("its files and what shows them are on the website, without anything to be done", async () => {
  const state = join(folder, ".dripfeed");
  let names = 0;
  const input: MicropubInput = {
    content: folderStore(folder),
    state: folderStore(state),
    uploads: folderUploads(folder, state),
    clock: testClock(new Date("2026-05-01T10:00:00Z")),
    newName: () => `name-${++names}`,
    origin: "http://localhost:4100",
  };
  const { send } = askerOf(input);
  const sent = async (type: string) => {
    const bytes = TAKEN_SAMPLES.find(([claimed]) => claimed === type)?.[1] ?? png();
    return (await send(bytes, type)).headers.get("location") ?? "";
  };
  const [photo, poster] = [await sent("image/png"), await sent("image/png")];
  const [film, sound] = [await sent("video/mp4"), await sent("audio/mpeg")];
  const words = `A "gate" {{ page.title }} {% raw %} <i> & *so* $5`;
  const properties = {
    "mp-slug": ["phone"],
    content: ["The gate {{ x }}"],
    photo: [{ value: photo, alt: words }],
    video: [{ value: film, alt: words, width: 720, height: 1280, poster }],
    audio: [sound],
  };
  const made = async (post: { readonly [property: string]: readonly unknown[] }) => {
    const request = new Request("http://localhost:4100/write/micropub", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ type: ["h-entry"], properties: post }),
    });
    return (await openMicropub(input).answer(request, OWNER))?.json();
  };
  expect(await made(properties)).toMatchObject({ key: "source/_posts/phone.md", problems: [] });
  const [page, stream] = ["https://example.org/drip_(2)_x?a=1&b=2", "https://stream.example.org/"];
  const link = { "mp-slug": ["link"], name: [words], "bookmark-of": [page], live: [{ url: stream, status: "ended" }] };
  expect(await made(link)).toMatchObject({ key: "source/_posts/link.md" });

  await run(process.execPath, ["node_modules/hexo/bin/hexo", "generate"], { cwd: folder });
  const html = readFileSync(join(folder, "public/2026/05/01/phone/index.html"), "utf8");
  const pageOfLink = readFileSync(join(folder, "public/2026/05/01/link/index.html"), "utf8");
  // Hexo makes such quotes of those in any text.
  const title = words.replace('"gate"', "“gate”");
  expect(linksIn(pageOfLink)).toEqual([
    [page.replace("(", "%28").replace(")", "%29"), title],
    [stream, `▶ ${title}`],
  ]);
  expect(html).toContain("The gate &#123;&#123; x }}");
  expect(shownIn(html)).toEqual([
    ["img", { src: photo, alt: words }],
    [
      "video",
      {
        ...{ controls: "", preload: "none", playsinline: "", "aria-label": words },
        ...{ poster, width: "720", height: "1280", src: film },
      },
    ],
    ["audio", { controls: "", preload: "none", src: sound }],
  ]);
  for (const url of [photo, poster, film, sound])
    expect(existsSync(join(folder, "public", new URL(url).pathname))).toBe(true);
});
