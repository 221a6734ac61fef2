/** MIME types, by extension or as authors write them. */
import { describe, expect, test } from "vitest";
import { isStream, typeByName, typeByWord } from "../../../lib/content/facts/mime.ts";

describe("a file's type", () => {
  test.each([
    ["a.mp3", "audio/mpeg"],
    ["/audio/第1期.MP3", "audio/mpeg"],
    ["https://cdn.example/a.m4a?token=a.b/c.mp4#t=1", "audio/x-m4a"],
    ["a.mp4", "video/mp4"],
    ["a.m3u8", "application/x-mpegURL"],
    ["a.webm", "video/webm"],
    ["a.opus", "audio/ogg"],
    ["a.flac", "audio/flac"],
    ["a.pdf", "application/pdf"],
    ["a.epub", "application/epub+zip"],
    ["a.srt", "application/x-subrip"],
    ["a.vtt", "text/vtt"],
  ])("of %s is %s", (name, type) => expect(typeByName(name)).toBe(type));

  test.each(["a", "a.", "a.xyz", ".mp3/a", "https://mp3.example/a", "a.constructor", "a.__proto__"])(
    "of %s is not known",
    (name) => expect(typeByName(name)).toBeUndefined(),
  );
});

describe("a type as authors write it", () => {
  test.each([
    ["audio/mpeg", "audio/mpeg"],
    [" Audio/MP3 ", "audio/mp3"],
    ['audio/ogg; codecs="opus"', "audio/ogg"],
    ["application/x-mpegurl", "application/x-mpegURL"],
    ["mp3", "audio/mpeg"],
    [".m4a", "audio/x-m4a"],
  ])("%s is %s", (word, type) => expect(typeByWord(word)).toBe(type));

  test.each(["post", "", "audio", "audio/", "posts/audio", "audio/mp eg", "Audio / mpeg"])("%j is none", (word) => {
    expect(typeByWord(word)).toBeUndefined();
  });

  test("a stream is recognised by it", () => {
    expect(["application/x-mpegURL", "application/vnd.apple.mpegurl", "application/dash+xml"].every(isStream)).toBe(
      true,
    );
    expect(isStream("audio/mpeg")).toBe(false);
  });
});
