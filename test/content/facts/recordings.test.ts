/** Recordings that a text plays, where the front matter names none. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePost } from "../../../lib/content/post.ts";
import { bytesOf, othersOf, parseWith, postOf, postWith, siteOf } from "../helpers.ts";

const mediaOf = (body: string, front = "") =>
  postWith(front, { body }).media.map(({ medium, url, type }) => `${medium} ${url} ${type}`);

const at = (path: string) => `https://example.org${path}`;

describe("what a text plays is attached", () => {
  test.each([
    ['<audio src="/a.mp3" preload="none"></audio>', [`audio ${at("/a.mp3")} audio/mpeg`]],
    ["<AUDIO controls src=/a.opus></AUDIO>", [`audio ${at("/a.opus")} audio/ogg`]],
    ["Text <video controls src='/a.mp4'></video> text", [`video ${at("/a.mp4")} video/mp4`]],
    ['<audio controls>\n<source src="/a/b" type="audio/aac; codecs=x">\n</audio>', [`audio ${at("/a/b")} audio/aac`]],
    ['<audio src="/a.mp3?x=1&amp;y=2"></audio>', [`audio ${at("/a.mp3?x=1&y=2")} audio/mpeg`]],
    ["![Rain](rain.mp3)", [`audio ${at("/2024/10/15/hello/rain.mp3")} audio/mpeg`]],
    ["![Rain](/rain.mp3 'Rain') ![Reeds](/reeds.png)", [`audio ${at("/rain.mp3")} audio/mpeg`]],
    ["<video src='/a.m3u8'></video>", [`video ${at("/a.m3u8")} application/x-mpegURL`]],
    [
      '<audio src="/b.mp3"></audio>\n\n<audio src="/a.mp3"></audio>\n\n<audio src="/b.mp3"></audio>',
      [`audio ${at("/b.mp3")} audio/mpeg`, `audio ${at("/a.mp3")} audio/mpeg`],
    ],
  ])("%j", (body, media) => expect(mediaOf(`${body}\n`)).toEqual(media));

  test("further sources are other forms of the first, and a poster is what is seen before", () => {
    const [media, ...others] = postWith("", {
      body: '<video controls poster="/p.jpg"><source src="/a.mp4"><source src="/a.webm"></video>\n',
    }).media;
    expect(others).toEqual([]);
    expect(media).toMatchObject({ url: at("/a.mp4"), thumbnail: at("/p.jpg"), alternates: [{ url: at("/a.webm") }] });
  });

  test("by a template, too", () => {
    const site = siteOf({ dialect: "hugo" });
    const { media } = postWith("", { site, body: '{{< audio src="/a.mp3" >}}\n' });
    expect(media).toMatchObject([{ url: at("/a.mp3"), medium: "audio" }]);
  });

  test("with the length of the file in the store, and the details of the front matter", () => {
    const text =
      '---\ntitle: A\ndate: 2024-01-01\nduration: 12:00\nepisode: 4\n---\n<audio src="/media/a.mp3"></audio>\n';
    const others = othersOf({ "media/a.mp3": 77 });
    const { deps, ...result } = parsePost("posts/a.md", bytesOf(text), siteOf(), { others });
    expect(postOf({ deps, ...result }).media).toMatchObject([{ length: 77, duration: 720 }]);
    expect(postOf({ deps, ...result }).episode).toMatchObject({ number: 4 });
    expect(deps).toContain("media/a.mp3");
  });

  test("without a word about a length that is not known", () => {
    const { post, problems } = parseWith("season: spring", { body: '<audio src="https://x.example/a.mp3"></audio>\n' });
    expect(post?.media).toMatchObject([{ length: 0 }]);
    expect(problems).toEqual([]);
  });
});

describe("nothing is attached", () => {
  test.each([
    "`<audio src='/a.mp3'>`",
    "```\n<audio src='/a.mp3'></audio>\n![](/a.mp3)\n```",
    "<!-- <audio src='/a.mp3'></audio> -->",
    "<!-- one - two --> <!--\n<audio src='/a.mp3'></audio>",
    "<video autoplay loop muted playsinline src='/a.mp4'></video>",
    "<video autoplay loop muted><source src='/a.mp4'></video>",
    "<picture><source src='/a.mp4'></picture>",
    "<audio></audio> <source src='/a.mp3'>",
    "<audio-player src='/a.mp3'></audio-player>",
    "<video src='https://www.youtube.com/watch?v=AbCdEfGhIjK'></video>",
    "<audio src='data:audio/mpeg;base64,AAAA'></audio>",
    "<audio src='{{ unknown }}/a.mp3'></audio>",
    "[Listen](/a.mp3) ![](/a.png)",
  ])("of %j", (body) => expect(mediaOf(`${body}\n`)).toEqual([]));

  test("where the front matter names a file, or announces a stream", () => {
    expect(mediaOf("<audio src='/b.mp3'></audio>\n", "audio: /a.mp3")).toEqual([`audio ${at("/a.mp3")} audio/mpeg`]);
    expect(mediaOf("<video src='/b.m3u8'></video>\n", "live: https://x.example/c.m3u8")).toEqual([]);
  });
});

test("any text of pieces of players is read in little time", () => {
  const piece = fc.constantFrom(
    "<audio ",
    "<video",
    "<source ",
    "src='",
    'src="a.mp3"',
    ">",
    "</audio>",
    "<!--",
    "-->",
    "![",
    "](a.mp3",
    "`",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6, minLength: 1 }), (pieces) => {
      const body = pieces.join("").repeat(300);
      expect(parseWith("", { body: `x\n\n${body}\n` }).deps.length).toBeLessThan(2000);
    }),
    { numRuns: 60 },
  );
});
