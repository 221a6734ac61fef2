/** Files that front matter names, in any form. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../lib/content/entry.ts";
import { readBitrate, readBytes, readDuration } from "../../../lib/content/facts/amounts.ts";
import { parsePost } from "../../../lib/content/post.ts";
import type { Media } from "../../../lib/model.ts";
import { brief, bytesOf, othersOf, parse, parseWith, postOf, postWith, siteOf } from "../helpers.ts";

const MP3 = "https://cdn.example/a.mp3";

const mediaOf = (frontMatter: string): readonly Media[] => postWith(frontMatter).media;

/** A media file with these details and defaults. */
const plain = (details: Partial<Media>): Media => {
  return { medium: "audio", url: MP3, type: "audio/mpeg", length: 0, alternates: [], ...details };
};

describe("media", () => {
  test.each([
    [`enclosure: ${MP3}`, plain({})],
    [`audio: ${MP3}`, plain({})],
    [`audio_url: ${MP3}`, plain({})],
    [`audioUrl: ${MP3}`, plain({})],
    [`mp3: ${MP3}`, plain({})],
    [`podcast_file: ${MP3}`, plain({})],
    [`episode_file: ${MP3}`, plain({})],
    ["audio: //cdn.example/a.mp3", plain({})],
    ["audio: /a.mp3", plain({ url: "https://example.org/a.mp3" })],
    ["audio: a.mp3", plain({ url: "https://example.org/2024/10/15/hello/a.mp3" })],
    ["audio: 我的 音频.mp3", plain({ url: `https://example.org/2024/10/15/hello/${encodeURI("我的 音频.mp3")}` })],
    [`audio: { url: ${MP3}, length: 12 MB }`, plain({ length: 12_000_000 })],
    [`audio: { file: ${MP3}, size: "1,234" }`, plain({ length: 1234 })],
    [
      `podcast: { url: ${MP3}, type: audio/mp3, length: 5, duration: "1:02:03" }`,
      plain({ type: "audio/mp3", length: 5, duration: 3723 }),
    ],
    [`enclosure: "${MP3}\\n12345\\naudio/mpeg"`, plain({ length: 12_345 })],
    [
      `enclosure: |\n  ${MP3}\n  12345\n  audio/mpeg\n  a:1:{s:8:"duration";s:8:"00:31:12";}`,
      plain({ length: 12_345, duration: 1872 }),
    ],
    [`enclosure:\n  - ${MP3}\n  - 12345\n  - audio/mpeg`, plain({ length: 12_345 })],
    [`audio: ${MP3}\nduration: 31:12\nlength: 99`, plain({ length: 99, duration: 1872 })],
    [`audio: ${MP3}\nlength: 31:12`, plain({ duration: 1872 })],
    [`podcast_file: ${MP3}\npodcast_bytes: 77\npodcast_duration: 1834`, plain({ length: 77, duration: 1834 })],
    [`audio: ${MP3}\ntype: post`, plain({})],
    [`audio: ${MP3}\ntype: audio/aac`, plain({ type: "audio/aac" })],
    [`audio: ${MP3}\nenclosure: { url: ${MP3}, length: 7 }`, plain({ length: 7 })],
    [
      "enclosure: { url: https://cdn.example/a.pdf, length: 7, title: Notes }",
      plain({
        medium: "document",
        url: "https://cdn.example/a.pdf",
        type: "application/pdf",
        length: 7,
        title: "Notes",
      }),
    ],
    [
      "video: https://cdn.example/a.m3u8",
      plain({ medium: "video", url: "https://cdn.example/a.m3u8", type: "application/x-mpegURL" }),
    ],
    [`media: { audio: ${MP3} }\nitunes: { duration: "00:45:10" }`, plain({ duration: 2710 })],
    [`podcast: { audio_file: ${MP3}, filesize: 12.3 MB }`, plain({ length: 12_300_000 })],
    [`episode: { audio: ${MP3}, number: 3, duration: 60 }`, plain({ duration: 60 })],
    [`audio_url: ${MP3}\naudio_file_size: 777\naudio_file_duration: 120`, plain({ length: 777, duration: 120 })],
    [`file: ${MP3}\nsize: 888\nduration: PT1H`, plain({ length: 888, duration: 3600 })],
    [`mp3_url: ${MP3}\nenclosure_length: 5\nitunes_duration: 1:00`, plain({ length: 5, duration: 60 })],
    [`sound: ${MP3}\nsize: large`, plain({})],
    [`episode: { filename: ${MP3}, size: 8, duration: 60 }`, plain({ length: 8, duration: 60 })],
    [`params: { audio: ${MP3}, duration: 60 }`, plain({ duration: 60 })],
  ])("of %j", (frontMatter, media) => expect(mediaOf(frontMatter)).toEqual([media]));

  test("file, media and size that are about something else count for nothing, and are no mistake", () => {
    const { post, problems } = parseWith(
      "file: notes.pdf\nmedia: screen\nsound: on\nrecording: { by: Lin }\nsize: large",
    );
    expect(post?.media).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("a map of a podcast may have nothing but details", () => {
    const { post, problems } = parseWith(`podcast: { episode: 3, explicit: no }\naudio: ${MP3}\nlength: 7`);
    expect(post?.episode).toMatchObject({ number: 3, explicit: false });
    expect(problems).toEqual([]);
    expect(brief(parseWith("podcast: { url: no file at all }").problems)).toEqual(["media-unusable:4"]);
  });

  test("several texts in a list are several", () => {
    const urls = (text: string) => mediaOf(text).map(({ url, medium }) => `${medium} ${url}`);
    expect(urls(`video: [${MP3}, https://cdn.example/b.mp4]`)).toEqual([
      `audio ${MP3}`,
      "video https://cdn.example/b.mp4",
    ]);
    expect(urls(`enclosures: [{ url: ${MP3} }, { url: https://cdn.example/b.pdf }]`)).toHaveLength(2);
  });

  test("an enclosure counts before other keys, in any order of the keys", () => {
    const urls = (text: string) => mediaOf(text).map(({ url }) => url);
    expect(urls(`video: https://cdn.example/b.mp4\nenclosure: ${MP3}`)).toEqual([MP3, "https://cdn.example/b.mp4"]);
  });

  test("other renditions of a video are its alternates", () => {
    const forms =
      "{ src: b.mp4, width: 1080, height: 1920, length: 2, poster: b.jpg, bitrate: 128k, alternates: [{ src: c.mp4, width: 1920, height: 1080, length: 3 }] }";
    const base = "https://example.org/2024/10/15/hello/";
    expect(mediaOf(`video: ${forms}`)).toEqual([
      {
        ...{ medium: "video", url: `${base}b.mp4`, type: "video/mp4", length: 2, width: 1080, height: 1920 },
        ...{ bitrate: 128_000, thumbnail: `${base}b.jpg` },
        alternates: [{ url: `${base}c.mp4`, type: "video/mp4", length: 3, width: 1920, height: 1080 }],
      },
    ]);
  });

  test("a list in which every member has dimensions is one video in several renditions", () => {
    const list = "[{ src: b.mp4, width: 1080, height: 1920 }, { src: c.mp4, width: 1920, height: 1080 }]";
    expect(mediaOf(`video: ${list}`).map(({ alternates }) => alternates.length)).toEqual([1]);
    expect(mediaOf(`videos: ${list}`)).toHaveLength(2);
  });

  test("a map of formats is one recording", () => {
    const [one, ...others] = mediaOf("audio: { m4a: https://cdn.example/a.m4a, mp3: https://cdn.example/a.mp3 }");
    expect(others).toEqual([]);
    expect([one, ...(one?.alternates ?? [])].map((form) => form?.type)).toEqual(["audio/x-m4a", "audio/mpeg"]);
  });

  test.each([
    "podcast: true",
    "audio: false",
    "video:",
    "audio: ''",
    "type: audio/mpeg",
    "length: 12",
    "duration: 3:00",
  ])("%j names none, and nothing is wrong", (frontMatter) => {
    const result = parseWith(frontMatter);
    expect(postOf(result).media).toEqual([]);
    expect(result.problems).toEqual([]);
  });
});

describe("a warning with its line", () => {
  test.each([
    ["audio: dQw4w9WgXcQ", "media-unusable"],
    ["podcast: The name of a show", "media-unusable"],
    ["audio: 'javascript:alert(1)'", "media-unusable"],
    ["audio: ftp://cdn.example/a.mp3", "media-unusable"],
    ["audio: { duration: 12 }", "media-unusable"],
    ["audio: [[a.mp3]]", "media-unusable"],
    ["audio: https://soundcloud.com/river/notes", "media-unusable"],
    ["video: https://www.youtube.com/@river", "media-unusable"],
    ["audio: { url: https://cdn.example/a.xyz, length: 3 }", "media-type"],
    [`audio: ${MP3}`, "media-length"],
    ["audio: /a.mp3", "media-length"],
    [`audio: { url: ${MP3}, length: 3, duration: long }`, "media-unclear"],
    [`audio: { url: ${MP3}, length: 3, width: wide }`, "media-unclear"],
    [`duration: long\naudio: { url: ${MP3}, length: 3 }`, "media-unclear"],
    [`itunes_duration: 1:02:03:04\naudio: { url: ${MP3}, length: 3 }`, "media-unclear"],
    [`podcast_duration: [1, 2]\naudio: { url: ${MP3}, length: 3 }`, "media-unclear"],
    [`duration: three days\nenclosure: { url: https://cdn.example/a.pdf, length: 3 }`, "none"],
    [`filesize: large\nvideo: { url: ${MP3}, size: 3 }\nduration: 0:00`, "none"],
  ])("%j: %s, and the post stays", (frontMatter, code) => {
    const result = parseWith(frontMatter);
    expect(result.post).toBeDefined();
    expect(brief(result.problems)).toEqual(code === "none" ? [] : [`${code}:4`]);
  });

  test("tells of a length and a duration beside a recording that cannot be read, each at its line", () => {
    const result = parse(
      "posts/a.md",
      `---\ntitle: A\ndate: 2024-10-15\naudio: /a.mp3\nbytes: many\nduration: half an hour\n---\n`,
    );
    expect(brief(result.problems)).toEqual(["media-unclear:5", "media-unclear:6", "media-length:4"]);
    expect(result.problems[1]?.message).toBe('the duration "half an hour" cannot be read');
  });

  test("is not reported for a draft, nor for the length of a stream", () => {
    expect(parseWith("audio: dQw4w9WgXcQ\ndraft: true").problems).toEqual([]);
    expect(parseWith("video: https://cdn.example/a.m3u8").problems).toEqual([]);
  });
});

describe("a file that the content store does not have", () => {
  const missing = (frontMatter: string, ...present: readonly string[]) => {
    const file = bytesOf(`---\ntitle: A\ndate: 2024-10-15\n${frontMatter}\n---\n`);
    const result = parsePost("posts/a.md", file, siteOf(), {
      others: othersOf(Object.fromEntries(["media/a.mp3", ...present].map((key) => [key, 3]))),
    });
    const lines = result.problems.map(({ code, line, message }) => `${code}:${line}: ${message}`);
    return { lines, deps: result.deps };
  };

  test.each([
    [
      "audio: /media/a.mp3\ntranscript: /media/a.vtt",
      'media-missing:5: the content store has no transcript "/media/a.vtt"',
    ],
    [
      "audio: /media/a.mp3\ntranscripts:\n  - { url: /texts/a.srt, language: zh }",
      'media-missing:5: the content store has no transcript "/texts/a.srt"',
    ],
    ["audio: /media/a.mp3\nchapters: 水 闸.json", 'media-missing:5: the content store has no chapters "水 闸.json"'],
    ["x: 1\ncover: /media/a.jpg", 'media-missing:5: the content store has no picture "/media/a.jpg"'],
    [
      "video: { src: /media/a.mp3, poster: /media/a.jpg }",
      'media-missing:4: the content store has no poster "/media/a.jpg"',
    ],
  ])("%j is a warning with its line", (frontMatter, line) => expect(missing(frontMatter).lines).toEqual([line]));

  test.each([
    ["audio: /media/a.mp3\ntranscript: /media/a.vtt", "media/a.vtt"],
    ["audio: /media/a.mp3\ntranscript: /media/a.vtt", "static/media/a.vtt"],
    ["audio: /media/a.mp3\nchapters: a.json", "posts/a/a.json"],
    ["cover: /media/%E6%B0%B4.jpg", "source/media/水.jpg"],
  ])("%j is none where the store has %s, on which the post depends", (frontMatter, key) => {
    const { lines, deps } = missing(frontMatter, key);
    expect(lines).toEqual([]);
    expect(deps).toContain(key);
  });

  test.each([
    "audio: /media/a.mp3\ntranscript: https://other.example/a.vtt",
    "audio: /media/a.mp3\ntranscript: /transcripts/a/",
    "audio: /media/a.mp3\ntranscript: { url: /a, type: text/html }",
    "cover: /images/a.jpg",
    "draft: true\naudio: /media/a.mp3\ntranscript: /media/a.vtt",
  ])("%j is none: it is elsewhere, a page, the website's, or a draft's", (frontMatter) => {
    expect(missing(frontMatter).lines).toEqual([]);
  });
});

describe("media with a base of their own", () => {
  const site = siteOf({ media: "https://media.example.net/" });
  const FRONT = `audio: /media/a.mp3
cover: ../../../../media/a.jpg
transcript: /media/a.vtt
video: { src: https://example.org/media/b.mp4, poster: /media/b.jpg, length: 3 }`;

  test("have their addresses below it, and their sizes from the store", () => {
    const file = bytesOf(`---\ntitle: A\ndate: 2024-10-15\n${FRONT}\n---\n![](/media/c.png) ![](/images/c.png)\n`);
    const post = postOf(
      parsePost("posts/a.md", file, site, { others: othersOf({ "media/a.mp3": 7, "media/b.mp4": 7 }) }),
    );
    expect(post.media.map(({ url, length, thumbnail }) => [url, length, thumbnail])).toEqual([
      ["https://media.example.net/media/a.mp3", 7, undefined],
      ["https://media.example.net/media/b.mp4", 3, "https://media.example.net/media/b.jpg"],
    ]);
    expect([post.image, post.episode?.transcripts[0]?.url]).toEqual([
      "https://media.example.net/media/a.jpg",
      "https://media.example.net/media/a.vtt",
    ]);
    const { html } = renderEntry(post);
    expect(html).toContain('src="https://media.example.net/media/c.png"');
    expect(html).toContain('src="https://example.org/images/c.png"');
  });

  test("are found in the store by that address too", () => {
    const file = bytesOf("---\ntitle: A\ndate: 2024-10-15\naudio: https://media.example.net/media/a.mp3?v=1\n---\n");
    const post = postOf(parsePost("posts/a.md", file, site, { others: othersOf({ "media/a.mp3": 7 }) }));
    expect(post.media[0]).toMatchObject({ url: "https://media.example.net/media/a.mp3?v=1", length: 7 });
  });

  test("move an entry that may show them, and no other", () => {
    const hashes = (body: string) => [siteOf(), site].map((each) => postWith("x: 1", { site: each, body }).inputHash);
    expect(new Set(hashes("Words.\n")).size).toBe(1);
    expect(new Set(hashes("![](/media/c.png)\n")).size).toBe(2);
  });
});

describe("a prefix for enclosures", () => {
  const site = siteOf({ enclosurePrefix: "https://op3.dev/e/" });

  test("comes before sound and video in all their forms, and before nothing else", () => {
    const { media, episode, image } = postWith(
      `audio: { url: /a.mp3, length: 3, alternates: [{ url: /a.ogg, length: 2 }] }
enclosures: [{ url: /a.pdf, length: 4 }, { url: /a.png, length: 5 }]
video: { url: "http://other.example/b.mp4", poster: /b.jpg, length: 6 }
cover: /c.jpg
transcript: /a.vtt`,
      { site },
    );
    const urls = media.flatMap(({ url, thumbnail, alternates }) => [
      url,
      thumbnail,
      ...alternates.map((each) => each.url),
    ]);
    expect(urls.filter((url) => url !== undefined)).toEqual([
      "https://example.org/a.pdf",
      "https://example.org/a.png",
      "https://op3.dev/e/example.org/a.mp3",
      "https://op3.dev/e/example.org/a.ogg",
      "https://op3.dev/e/http://other.example/b.mp4",
      "https://example.org/b.jpg",
    ]);
    expect([image, episode?.transcripts[0]?.url]).toEqual(["https://example.org/c.jpg", "https://example.org/a.vtt"]);
  });

  test("moves neither `updated` nor an entry without a recording", () => {
    const [bare, counted] = [siteOf(), site].map((each) =>
      postWith("audio: { url: /a.mp3, length: 3 }", { site: each }),
    );
    expect(counted?.sourceDigest).toBe(bare?.sourceDigest);
    expect(counted?.inputHash).not.toBe(bare?.inputHash);
    expect(postWith("x: 1", { site }).inputHash).toBe(postWith("x: 1").inputHash);
  });
});

describe("a length that the author does not give", () => {
  const sized = (key: string, frontMatter: string, objects: { readonly [key: string]: number }, url?: string) => {
    const site = siteOf(url === undefined ? {} : { url });
    const file = bytesOf(`---\ntitle: A\ndate: 2024-10-15\n${frontMatter}\n---\n`);
    const result = parsePost(key, file, site, { others: othersOf(objects) });
    return [postOf(result).media[0]?.length, ...brief(result.problems)];
  };

  test.each([
    ["posts/a.md", "audio: /audio/a.mp3", "audio/a.mp3"],
    ["posts/a.md", "audio: /audio/a.mp3", "static/audio/a.mp3"],
    ["posts/a.md", "audio: /audio/a.mp3?v=2", "source/audio/a.mp3"],
    ["posts/a.md", "audio: https://example.org/audio/a.mp3", "public/audio/a.mp3"],
    ["posts/a/index.md", "audio: a.mp3", "posts/a/a.mp3"],
    ["posts/a.md", "audio: ./a.mp3", "posts/a.mp3"],
    ["posts/a.md", "audio: a.mp3", "posts/a/a.mp3"],
    ["posts/b/a.md", "audio: ../a.mp3", "posts/a.mp3"],
    ["posts/a.md", "audio: /a%20b.mp3", "static/a b.mp3"],
    ["posts/期.md", "audio: 第1期.mp3", "posts/第1期.mp3"],
  ])("of %s, %j, is that of %s", (key, frontMatter, object) => {
    expect(sized(key, frontMatter, { [object]: 4321 })).toEqual([4321]);
  });

  test("is found below a site that has a path of its own", () => {
    const objects = { "static/a.mp3": 5 };
    expect(sized("posts/a.md", "audio: /blog/a.mp3", objects, "https://example.org/blog/")).toEqual([5]);
  });

  test("is not looked for where the author gives one, or the file is elsewhere", () => {
    expect(parseWith("audio: { url: /a.mp3, length: 5 }").deps).toEqual([]);
    expect(parseWith(`audio: ${MP3}`).deps).toEqual([]);
    expect(parseWith("audio: /a.mp3").deps).toEqual([
      "a.mp3",
      "assets/a.mp3",
      "public/a.mp3",
      "source/a.mp3",
      "static/a.mp3",
    ]);
  });

  test("is never looked for outside the content", () => {
    for (const path of ["../../../etc/a.mp3", "/%2e%2e/a.mp3", "/..%2f..%2fa.mp3", "/a%00.mp3", "/a%5cb.mp3"]) {
      for (const key of parseWith(`audio: "${path}"`).deps) {
        expect(key.split("/").every((part) => part !== ".." && part !== "" && !/[\0\\]/.test(part))).toBe(true);
      }
    }
  });
});

describe("amounts", () => {
  test.each([
    ["12345", 12_345],
    ["12 MB", 12_000_000],
    ["1.5GiB", 1_610_612_736],
    ["12 bytes", 12],
    ["0", undefined],
    ["-3", undefined],
    ["12 apples", undefined],
    ["9".repeat(40), undefined],
    ["12,5 MB", 12_500_000],
    ["1,234,567", 1_234_567],
    ["1,5", 2],
  ])("%s are %s bytes", (text, bytes) => expect(readBytes(text)).toBe(bytes));

  test.each([
    ["1834", 1834],
    ["1834.6", 1835],
    ["30:34", 1834],
    ["90:00", 5400],
    ["1:02:03", 3723],
    ["00:31:12", 1872],
    ["PT1H2M3S", 3723],
    ["PT1M", 60],
    ["30 min", 1800],
    ["1h 30m", 5400],
    ["1 小时 30 分钟", 5400],
    ["", undefined],
    ["PT", undefined],
    ["1:99", undefined],
    ["long", undefined],
  ])("%s lasts %s seconds", (text, seconds) => expect(readDuration(text)).toBe(seconds));

  test.each([
    ["128000", 128_000],
    ["128k", 128_000],
    ["128 kbps", 128_000],
    ["2.5 Mbit/s", 2_500_000],
    ["fast", undefined],
  ])("%s is a rate of %s", (text, rate) => expect(readBitrate(text)).toBe(rate));
});

describe("an entry", () => {
  test("carries the media, and its input hash moves with them", () => {
    const post = postWith(`audio: { url: ${MP3}, length: 3 }`);
    expect(renderEntry(post).media).toEqual(post.media);
    const hashes = ["", `audio: ${MP3}`, `audio: { url: ${MP3}, length: 3 }`, `audio: ${MP3}\nepisode: 3`].map(
      (text) => postWith(text).inputHash,
    );
    expect(new Set(hashes).size).toBe(4);
  });

  test("without media has no field for them", () => {
    const entry = renderEntry(postWith("x: 1"));
    expect(Object.keys(entry).filter((key) => ["media", "live", "episode", "markdown"].includes(key))).toEqual([]);
  });

  test("carries its Markdown where the site asks for it", () => {
    const site = siteOf({ sourceMarkdown: true });
    expect(renderEntry(postWith("x: 1", { site, body: "*Hi*\u0008\n" })).markdown).toBe("*Hi*\n");
    expect(postWith("x: 1", { site }).inputHash).not.toBe(postWith("x: 1").inputHash);
  });

  test("counts as updated when another file is named, under any key", () => {
    const digestOf = (text: string) => postWith(text).sourceDigest;
    for (const key of ["audio", "mp3", "episode_file", "audioUrl", "transcript"]) {
      expect(digestOf(`${key}: /a.mp3`)).not.toBe(digestOf(`${key}: /b.mp3`));
    }
    expect(digestOf("audio: /a.mp3\nduration: 3:00")).toBe(digestOf("audio: /a.mp3"));
  });
});

describe("whatever an author types", () => {
  const KEYS = ["enclosure", "enclosures", "audio", "video", "podcast", "podcast_file", "mp3", "audio_url"];
  const words = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.constantFrom(MP3, "/a.mp3", "a.mp4", "../a.m4a", "//x", "/%ff.mp3", "a b.ogg", "12 MB", "31:12", "audio/mpeg"),
  );
  const names = fc.constantFrom(
    "url",
    "src",
    "type",
    "length",
    "size",
    "duration",
    "width",
    "alternates",
    "mp3",
    "title",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      words,
      fc.constantFrom(null, true, 3),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(names, tie("value"), { maxKeys: 5 }),
    ),
  }));
  const more = fc.dictionary(
    fc.constantFrom(
      "type",
      "length",
      "duration",
      "episode",
      "guests",
      "live",
      "transcript",
      "season",
      "chapters",
      "explicit",
    ),
    value,
    { maxKeys: 4 },
  );

  test("media have an absolute address, a type and a length", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...KEYS), value, { minKeys: 1, maxKeys: 3 }), more, (given, others) => {
        const front = { title: "A", date: "2024-10-15", ...given, ...others };
        const result = parse("posts/a.md", `${JSON.stringify(front)}\n\nText.\n`);
        const post = postOf(result);
        for (const media of post.media.flatMap((each) => [each, ...each.alternates])) {
          expect(media.url).toMatch(/^https?:\/\//);
          expect(URL.canParse(media.url)).toBe(true);
          expect(media.type).toMatch(/^[a-z]+\/[\w!#$&^.+-]+$/i);
          expect(Number.isSafeInteger(media.length) && media.length >= 0).toBe(true);
        }
        if (post.live) expect(post.live.url).toMatch(/^https?:\/\//);
        expect(() => renderEntry(post)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
