import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { embedOf } from "../../../lib/content/html/embeds.ts";
import { makeFeedSafe } from "../../../lib/content/html/html.ts";

const BASE = "https://example.org/2024/post/";
const safe = (html: string) => makeFeedSafe(html, BASE).html;

const YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";
const THUMBNAIL = "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg";

describe("the page that a frame shows", () => {
  test.each([
    ["YouTube", "https://www.youtube.com/embed/dQw4w9WgXcQ", YOUTUBE],
    ["YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0&si=abc", YOUTUBE],
    ["YouTube", "https://www.youtube.com/embed/dQw4w9WgXcQ?start=90", `${YOUTUBE}&t=90s`],
    ["YouTube", "https://youtu.be/dQw4w9WgXcQ?t=1m30s", `${YOUTUBE}&t=1m30s`],
    ["YouTube", "https://m.youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE],
    ["YouTube", "http://www.youtube.com/v/dQw4w9WgXcQ", YOUTUBE],
    ["YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&feature=share", YOUTUBE],
    ["YouTube", "https://www.youtube.com/embed/dQw4w9WgXcQ?list=PL1", `${YOUTUBE}&list=PL1`],
    ["YouTube", "https://www.youtube.com/embed/videoseries?list=PL123", "https://www.youtube.com/playlist?list=PL123"],
    ["YouTube", "https://www.youtube.com/playlist?list=PL123&si=x", "https://www.youtube.com/playlist?list=PL123"],
    [
      "Vimeo",
      "https://player.vimeo.com/video/76979871?h=8272103f6e&color=fff",
      "https://vimeo.com/76979871/8272103f6e",
    ],
    ["Vimeo", "https://player.vimeo.com/video/76979871", "https://vimeo.com/76979871"],
    [
      "Bilibili",
      "https://player.bilibili.com/player.html?aid=170001&cid=1",
      "https://www.bilibili.com/video/av170001/",
    ],
    [
      "Bilibili",
      "https://player.bilibili.com/player.html?isOutside=true&aid=1&bvid=BV1GJ411x7h7&page=2",
      "https://www.bilibili.com/video/BV1GJ411x7h7/?p=2",
    ],
    [
      "优酷",
      "https://player.youku.com/embed/XNDAyMTc4NzY4MA==",
      "https://v.youku.com/v_show/id_XNDAyMTc4NzY4MA==.html",
    ],
    ["腾讯视频", "https://v.qq.com/txp/iframe/player.html?vid=m0025ixwq5y", "https://v.qq.com/x/page/m0025ixwq5y.html"],
    [
      "网易云音乐",
      "https://music.163.com/outchain/player?type=2&id=1234&auto=1",
      "https://music.163.com/#/song?id=1234",
    ],
    ["网易云音乐", "https://music.163.com/outchain/player?type=0&id=5", "https://music.163.com/#/playlist?id=5"],
    [
      "Spotify",
      "https://open.spotify.com/embed/track/4cOdK2wG?utm_source=x",
      "https://open.spotify.com/track/4cOdK2wG",
    ],
    ["Spotify", "https://open.spotify.com/embed-podcast/episode/4cOd", "https://open.spotify.com/episode/4cOd"],
    [
      "Spotify for Podcasters",
      "https://anchor.fm/some-show/embed/episodes/One-e1",
      "https://podcasters.spotify.com/pod/show/some-show/episodes/One-e1",
    ],
    [
      "SoundCloud",
      "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&color=x",
      "https://soundcloud.com/a/b",
    ],
    [
      "Apple Podcasts",
      "https://embed.podcasts.apple.com/us/podcast/a/id1?i=2",
      "https://podcasts.apple.com/us/podcast/a/id1?i=2",
    ],
    ["Apple Music", "https://embed.music.apple.com/us/album/a/1?i=2", "https://music.apple.com/us/album/a/1?i=2"],
    ["X (Twitter)", "https://platform.twitter.com/embed/Tweet.html?id=20&theme=dark", "https://x.com/i/status/20"],
    ["X (Twitter)", "https://twitter.com/jack/status/20", "https://twitter.com/jack/status/20"],
    ["Mastodon", "https://mastodon.social/@Gargron/1/embed", "https://mastodon.social/@Gargron/1"],
    ["CodePen", "https://codepen.io/team/embed/preview/abc?x=y", "https://codepen.io/team/pen/abc"],
    [
      "CodeSandbox",
      "https://codesandbox.io/embed/some-thing-abc?view=editor",
      "https://codesandbox.io/s/some-thing-abc",
    ],
    ["JSFiddle", "https://jsfiddle.net/user/abc123/2/embedded/result/", "https://jsfiddle.net/user/abc123/2/"],
    ["JSFiddle", "//jsfiddle.net/abc123/embed/".replace(/^/, "https:"), "https://jsfiddle.net/abc123/"],
    ["StackBlitz", "https://stackblitz.com/edit/angular-abc?embed=1", "https://stackblitz.com/edit/angular-abc"],
    ["GitHub Gist", "https://gist.github.com/user/0123abc.js", "https://gist.github.com/user/0123abc"],
    [
      "GitHub Gist",
      "https://gist.github.com/user/0123abc.js?file=A%20b.ts",
      "https://gist.github.com/user/0123abc#file-a-b-ts",
    ],
    ["Google Maps", "https://www.google.com/maps/embed?pb=!1m18", "https://www.google.com/maps/embed?pb=!1m18"],
    [
      "Google Maps",
      "https://maps.google.com/maps?q=Paris%20%26&output=embed",
      "https://www.google.com/maps?q=Paris%20%26",
    ],
    [
      "Google Docs",
      "https://docs.google.com/forms/d/1AbC/viewform?embedded=true",
      "https://docs.google.com/forms/d/1AbC/viewform",
    ],
    [
      "Google Slides",
      "https://docs.google.com/presentation/d/e/2PACX-1/embed?start=false",
      "https://docs.google.com/presentation/d/e/2PACX-1/pub",
    ],
    [
      "Figma",
      "https://www.figma.com/embed?url=https%3A%2F%2Fwww.figma.com%2Ffile%2Fa%2Fb",
      "https://www.figma.com/file/a/b",
    ],
    [
      "TED",
      "https://embed.ted.com/talks/lang/fr/some_one_talks",
      "https://www.ted.com/talks/some_one_talks?language=fr",
    ],
    [
      "Dailymotion",
      "https://geo.dailymotion.com/player.html?video=x84sh87",
      "https://www.dailymotion.com/video/x84sh87",
    ],
    ["Twitch", "https://player.twitch.tv/?channel=someone&parent=x", "https://www.twitch.tv/someone"],
    ["Twitch", "https://player.twitch.tv/?video=v40464143", "https://www.twitch.tv/videos/40464143"],
    ["Loom", "https://www.loom.com/embed/abc123", "https://www.loom.com/share/abc123"],
    ["Internet Archive", "https://archive.org/embed/some.item_1", "https://archive.org/details/some.item_1"],
    ["asciinema", "https://asciinema.org/a/14.js", "https://asciinema.org/a/14"],
    ["PeerTube", "https://tube.example/videos/embed/9c9de5e8-0a1e", "https://tube.example/w/9c9de5e8-0a1e"],
  ])("of %s: %s", (provider, address, href) => {
    expect(embedOf(address)).toMatchObject({ provider, title: provider, href });
  });

  test("has a picture where the provider has one by a known URL", () => {
    expect(embedOf("https://www.youtube.com/embed/dQw4w9WgXcQ")?.thumbnail).toBe(THUMBNAIL);
    expect(embedOf("https://archive.org/embed/item")?.thumbnail).toBe("https://archive.org/services/img/item");
    expect(embedOf("https://player.vimeo.com/video/1")).not.toHaveProperty("thumbnail");
  });

  test("of anybody else is the frame itself, called by its host, or its file", () => {
    expect(embedOf("https://www.frames.example/a?b#c")).toEqual({
      href: "https://www.frames.example/a?b#c",
      title: "frames.example",
    });
    expect(embedOf("https://a.example/%E6%96%87 1.pdf")).toEqual({
      href: "https://a.example/%E6%96%87%201.pdf",
      title: "文 1.pdf",
    });
  });

  test("is none without an http(s) address", () => {
    for (const address of ["javascript:alert(1)", "data:text/html,x", "about:blank", "", "a/b", "https://", "http:"]) {
      expect(embedOf(address)).toBeUndefined();
    }
  });

  test("is of the web, and of one page, whatever the frame's query holds", () => {
    const host = fc.constantFrom(
      ...[
        "www.youtube.com/embed/abcdefg",
        "youtube.com/watch",
        "player.bilibili.com/player.html",
        "v.qq.com/iframe/player.html",
      ],
      ...[
        "music.163.com/outchain/player",
        "w.soundcloud.com/player",
        "www.figma.com/embed",
        "facebook.com/plugins/post.php",
      ],
      ...[
        "maps.google.com/maps",
        "player.twitch.tv/",
        "twitter.com/embed/Tweet.html",
        "youtube.com/playlist",
        "x.example/",
      ],
    );
    const key = fc.constantFrom(
      "v",
      "list",
      "t",
      "start",
      "id",
      "type",
      "aid",
      "bvid",
      "p",
      "url",
      "href",
      "vid",
      "q",
      "video",
    );
    const value = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom("javascript:alert(1)", "https://evil.example/", 'a"b', "<b>", "&c=d", "PL1", "1"),
    );
    fc.assert(
      fc.property(host, fc.dictionary(key, value), (where, query) => {
        const search = Object.entries(query).map(
          ([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`,
        );
        const embed = embedOf(`https://${where}?${search.join("&")}`);
        expect(embed?.href).toMatch(/^https:\/\/[a-z]/);
        expect(new URL(embed?.href ?? "").href).toBe(embed?.href);
        expect(new URL(embed?.href ?? "").hostname).not.toBe("evil.example");
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a frame becomes a link", () => {
  const link = (href: string, title: string) => `<a href="${href}">${title}</a>`;
  const video = (title = "YouTube") => `<a href="${YOUTUBE}"><img src="${THUMBNAIL}" alt=""><br>${title}</a>`;
  const FRAME = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>';

  test("called by its title, its provider or its host", () => {
    expect(safe('<iframe src="//frames.example/a b" title=" My &lt;own&gt;  title "></iframe>')).toBe(
      `<p>${link("https://frames.example/a%20b", "My &lt;own&gt; title")}</p>`,
    );
    expect(safe('<iframe src="https://open.spotify.com/embed/track/1"></iframe>')).toBe(
      `<p>${link("https://open.spotify.com/track/1", "Spotify")}</p>`,
    );
    expect(safe('<iframe src="../demo/">x</iframe>')).toBe(
      `<p>${link("https://example.org/2024/demo/", "example.org")}</p>`,
    );
  });

  test("in a paragraph of its own where it stood alone, and within one otherwise", () => {
    expect(safe(`<p>a</p>${FRAME}b`)).toBe(`<p>a</p><p>${video()}</p>b`);
    expect(safe(`<div class="video">${FRAME}</div>`)).toBe(`<div><p>${video()}</p></div>`);
    expect(safe(`<p>a ${FRAME} b</p>`)).toBe(`<p>a ${video()} b</p>`);
    expect(safe(`<p>${FRAME}</p>`)).toBe(`<p>${video()}</p>`);
    expect(safe(`<ul><li>${FRAME}</li></ul><h2>${FRAME}</h2><b>${FRAME}</b>`)).toBe(
      `<ul><li>${video()}</li></ul><h2>${video()}</h2><b>${video()}</b>`,
    );
  });

  test("but not within a link, nor with a line break within code", () => {
    expect(safe(`<a href="/a">${FRAME}</a>`)).toBe(
      `<a href="https://example.org/a"><img src="${THUMBNAIL}" alt=""><br>YouTube</a>`,
    );
    expect(safe(`<pre>${FRAME}</pre>`)).not.toContain("<br>");
  });

  test("when it is loaded later, closes itself, or is not closed at all", () => {
    expect(safe('<iframe data-src="https://open.spotify.com/embed/track/1" src="about:blank"></iframe>')).toContain(
      "https://open.spotify.com/track/1",
    );
    expect(safe('<iframe src="https://open.spotify.com/embed/track/1" />a')).toBe(
      `<p>${link("https://open.spotify.com/track/1", "Spotify")}</p>a`,
    );
    expect(safe('<iframe src="https://a.example/" /><p>b</p><iframe src="https://c.example/"></iframe>')).toBe(
      `<p>${link("https://a.example/", "a.example")}</p><p>b</p><p>${link("https://c.example/", "c.example")}</p>`,
    );
    expect(safe('<p><iframe src="https://a.example/"></p><p>b</p>')).toBe(
      `<p>${link("https://a.example/", "a.example")}</p><p>b</p>`,
    );
    expect(safe("<p>An <iframe> is an element.</p>")).toBe("<p>An &lt;iframe&gt; is an element.</p>");
  });

  test("an object, an embed, or the one within the other, and a picture of any of them", () => {
    expect(safe('<object data="/a.pdf" type="application/pdf"><p>no</p></object>')).toBe(
      `<p>${link("https://example.org/a.pdf", "a.pdf")}</p>`,
    );
    const flash = "http://www.youtube.com/v/dQw4w9WgXcQ";
    expect(safe(`<object><param name="movie" value="${flash}"><embed src="${flash}"></object>`)).toBe(
      `<p>${video()}</p>`,
    );
    expect(safe(`<object><embed src="${flash}"></object>`)).toBe(`<p>${video()}</p>`);
    expect(safe('<embed src="a.html">')).toBe(`<p>${link(`${BASE}a.html`, "example.org")}</p>`);
    expect(safe('<embed src="a.svg" type="image/svg+xml">')).toBe(`<img src="${BASE}a.svg">`);
    expect(safe("<object><p>a</p></object>b")).toBe("b");
  });

  test("custom elements that show videos", () => {
    expect(safe('<lite-youtube videoid="dQw4w9WgXcQ" playlabel="Play it"><a href="x">y</a></lite-youtube>')).toBe(
      `<p>${video("Play it")}</p>`,
    );
    expect(safe('<amp-youtube data-videoid="dQw4w9WgXcQ"></amp-youtube>')).toBe(`<p>${video()}</p>`);
    expect(safe('<lite-youtube videoid="dQw4w9WgXcQ"><p>a</p>')).toBe(`<p>${video()}</p><p>a</p>`);
    expect(safe('<amp-iframe src="https://a.example/"></amp-iframe>')).toBe(
      `<p>${link("https://a.example/", "a.example")}</p>`,
    );
  });

  test("a video that is a page, and none that can be played", () => {
    expect(safe('<video src="https://www.youtube.com/embed/dQw4w9WgXcQ"></video>')).toBe(`<p>${video()}</p>`);
    expect(safe(`<video><source src="https://youtu.be/dQw4w9WgXcQ"></video>`)).toBe(`<p>${video()}</p>`);
    expect(safe('<video src="https://archive.org/embed/a/b.mp4"></video>')).toMatch(/^<video /);
  });

  test("a gist that a script writes, and no other script", () => {
    expect(safe('<script src="https://gist.github.com/user/0123abc.js"></script>')).toBe(
      `<p>${link("https://gist.github.com/user/0123abc", "GitHub Gist")}</p>`,
    );
    expect(safe('<script async src="https://platform.twitter.com/widgets.js"></script>')).toBe("");
    expect(safe('<script src="https://evil.example/gist.github.com/u/1.js"></script>')).toBe("");
  });

  test("a quotation of a tweet stays one", () => {
    const html =
      '<blockquote><p lang="en" dir="ltr">just setting up</p>— jack <a href="https://twitter.com/jack/status/20">d</a></blockquote>';
    expect(safe(html.replace("<blockquote", '<blockquote class="twitter-tweet"'))).toBe(html);
  });
});
