/** What a generator shows of a post from a phone: its language, its layout and its pictures. */
import { describe, expect, test } from "vitest";
import { SITE } from "../support/world.ts";
import { bodyIn, desk, made, source } from "./desk.ts";

const GATE = "https://media.example.com/media/2026/06/gate.jpg";
const WEIR = "https://example.org/weir.png";

const CHINESE = `${SITE}language: zh-CN\n`;

describe("the language of a post", () => {
  test("is written where it is not the site's", async () => {
    const to = await desk({}, CHINESE);
    await made(to, { name: ["a"], content: ["a"], lang: ["zh-cn"] });
    expect(await to.file()).not.toContain("lang");
    const { key } = await made(to, { name: ["b"], content: ["b"], lang: ["en"] });
    expect(await to.file(key)).toContain("lang: en\n");
  });

  test("goes where an update changes it back to the site's, and stays away where it was the site's", async () => {
    const to = await desk({}, CHINESE);
    const { url } = await made(to, { name: ["a"], content: ["a"] });
    const before = await to.file();
    const change = (lang: string) => to.json({ action: "update", url, replace: { lang: [lang] } });
    expect([(await change("zh-CN")).status, await to.file()]).toEqual([200, before]);
    await change("en");
    expect(await to.file()).toContain("lang: en\n");
    await change("zh-CN");
    expect(await to.file()).toBe(before);
  });

  test("is written, though it is the site's, where the posts of its folder are in another", async () => {
    const to = await desk({}, `${CHINESE}defaults: [{ paths: [posts], values: { lang: en } }]\n`);
    await made(to, { name: ["a"], content: ["a"], lang: ["zh-CN"] });
    expect(await to.file()).toContain("lang: zh-CN\n");
  });
});

describe("a post to Jekyll", () => {
  const JEKYLL = `${SITE}dialect: jekyll\n`;

  test("has the layout of posts", async () => {
    const to = await desk({}, JEKYLL);
    await made(to, { name: ["a"], content: ["a"] });
    expect(await to.file()).toMatch(/^---\nlayout: post\ntitle: a\n/);
  });

  test.each([
    [
      "_config.yml",
      { "_config.yml": 'defaults:\n- scope: { path: "", type: posts }\n  values: { layout: single }\n' },
      "",
    ],
    ["site.yaml", {}, "defaults: [{ paths: [_posts], values: { layout: single } }]\n"],
  ])("has none of its own where %s says which", async (_, files, more) => {
    const to = await desk(files, JEKYLL + more);
    const { key } = await made(to, { name: ["a"], content: ["a"] });
    expect(await to.file(key)).toMatch(/^---\ntitle: a\n/);
  });

  test("keeps the layout that its author gave it", async () => {
    const post = "---\ntitle: a\ndate: 2026-01-05\n---\na\n";
    const to = await desk({ "_posts/2026-01-05-a.md": post }, JEKYLL);
    const url = "https://example.com/2026/01/05/a.html";
    expect((await to.json({ action: "update", url, replace: { name: ["b"] } })).status).toBe(200);
    expect(await to.file()).toBe(post.replace("title: a", "title: b"));
  });
});

describe("pictures of a post", () => {
  const photo = [{ value: GATE, alt: "A *gate*" }, WEIR];
  const LINES = `![A &#42;gate&#42;](${GATE})\n![](${WEIR})\n`;
  const begun = async (properties = {}) => {
    const to = await desk();
    const { url } = await made(to, { name: ["a"], content: ["The gate"], photo, ...properties });
    const update = async (change: object) => {
      const answer = await to.json({ action: "update", url, ...change });
      expect([answer.status, await answer.clone().text()]).toEqual([200, expect.any(String)]);
      return bodyIn(await to.file());
    };
    return { to, url, update };
  };

  test("stand above its text, and come back as pictures", async () => {
    const { to, url } = await begun();
    expect(bodyIn(await to.file())).toBe(`${LINES}\nThe gate\n`);
    expect(await to.file()).not.toContain("photos");
    expect(await source(to, url)).toMatchObject({ photo, content: ["The gate"] });
  });

  test("are once in the feed, with their words", async () => {
    const { to } = await begun();
    await to.publish();
    const { items } = JSON.parse(await to.read("feed.json"));
    expect(items[0].content_html.match(/<img [^>]*>/g)).toEqual([
      `<img src="${GATE}" alt="A *gate*">`,
      `<img src="${WEIR}" alt="">`,
    ]);
    expect(items[0].summary).toBe("The gate");
  });

  test("are all that a post without a text has", async () => {
    const { to, url } = await begun({ content: [] });
    expect(bodyIn(await to.file())).toBe(LINES);
    const { photo: back, content } = await source(to, url);
    expect([back, content]).toEqual([photo, undefined]);
  });

  test("are changed by themselves, and so is the text", async () => {
    const { update } = await begun();
    expect(await update({ replace: { content: ["New"] } })).toBe(`${LINES}\nNew\n`);
    expect(await update({ delete: { photo: [GATE] } })).toBe(`![](${WEIR})\n\nNew\n`);
    expect(await update({ add: { photo: [{ value: GATE, alt: "x" }] } })).toBe(`![](${WEIR})\n![x](${GATE})\n\nNew\n`);
    expect(await update({ delete: ["content"] })).toBe(`![](${WEIR})\n![x](${GATE})\n`);
    expect(await update({ replace: { content: ["Again"], photo: [WEIR] } })).toBe(`![](${WEIR})\n\nAgain\n`);
    expect(await update({ delete: ["photo"] })).toBe("Again\n");
    expect(await update({ add: { photo: [GATE] } })).toBe(`![](${GATE})\n\nAgain\n`);
  });

  test("stay in the front matter of a post that has them there", async () => {
    const post = `---\ntitle: a\ndate: 2026-01-05\nphotos: [/a.jpg]\n---\n\n![b](/b.jpg)\n\nText\n`;
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    expect(await source(to, url)).toMatchObject({ photo: ["/a.jpg"], content: ["![b](/b.jpg)\n\nText"] });
    await to.json({ action: "update", url, add: { photo: [GATE] } });
    expect(await to.file()).toBe(post.replace("[/a.jpg]", `["/a.jpg", "${GATE}"]`));
  });

  test("of a text that came by git keep their line where they stay, and every other byte", async () => {
    const post =
      "---\r\ntitle: a\r\ndate: 2026-01-05\r\n---\r\n\n![a \\* `b`](/b.jpg)\n![a \\* b](/b.jpg)\r\n\r\n{{< x >}}\nText\r\n\r\n";
    const own = post.replace("![a \\* `b`](/b.jpg)\n", "");
    for (const [file, pictures] of [
      [post, undefined],
      [own, [{ value: "/b.jpg", alt: "a * b" }]],
    ] as const) {
      const to = await desk({ "posts/a.md": file });
      const url = "https://example.com/2026/01/05/a/";
      expect((await source(to, url))["photo"]).toEqual(pictures);
      const answer = await to.json({ action: "update", url, add: { photo: [GATE] } });
      expect(answer.status).toBe(200);
      if (pictures) expect(await to.file()).toBe(file.replace("](/b.jpg)", `](/b.jpg)\r\n![](${GATE})`));
      else expect(await to.file()).toContain(`![](${GATE})\r\n\r\n![a \\* \`b\``);
    }
  });

  test("that an app sends as the beginning of its text are there once, however often it does", async () => {
    const { update } = await begun({ photo: [] });
    const content = (...lines: readonly string[]) => ({ replace: { content: [lines.join("\n")] } });
    const text = [`![A gate](${GATE})`, `![](${WEIR})`, "", "Text"];
    for (const _ of [1, 2]) expect(await update(content(...text))).toBe(`${text.join("\n")}\n`);
    expect(await update(content(`![B](${GATE})`, "", "New"))).toBe(`![](${WEIR})\n\n![B](${GATE})\n\nNew\n`);
    expect(await update(content(`![B](${GATE})`, "", "Newer"))).toBe(`![](${WEIR})\n\n![B](${GATE})\n\nNewer\n`);
  });

  test("that are at the beginning twice stay so where a text came by git", async () => {
    const post = `---\ntitle: a\ndate: 2026-01-05\n---\n\n![b](/b.jpg)\n\n\n![b](/b.jpg)\n\nText\n`;
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    await to.json({ action: "update", url, replace: { content: ["![b](/b.jpg)\n\nNew"] } });
    expect(await to.file()).toBe(post.replace("Text", "New"));
  });

  test("whose address has a reference by hand keep it", async () => {
    const post = `---\ntitle: a\ndate: 2026-01-05\n---\n\n![b](/b.jpg?x=1&amp;y=2)\n\n \n\nText\n`;
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    const value = "/b.jpg?x=1&y=2";
    expect((await source(to, url))["photo"]).toEqual([{ value, alt: "b" }]);
    await to.json({ action: "update", url, replace: { photo: [{ value, alt: "b" }, GATE] } });
    const more = post.replace("y=2)\n", `y=2)\n![](${GATE})\n`);
    expect(await to.file()).toBe(more);
    await to.json({ action: "update", url, replace: { photo: [{ value, alt: "c" }, GATE] } });
    expect(await to.file()).toBe(more.replace("![b](/b.jpg?x=1&amp;", "![c](/b.jpg?x=1&"));
  });

  test("above a line of wide spaces are in the paragraph of the words below it", async () => {
    const post = "---\ntitle: a\ndate: 2026-01-05\n---\n![](/a.jpg)\n\u3000\nText\n";
    const to = await desk({ "posts/a.md": post });
    expect((await source(to, "https://example.com/2026/01/05/a/"))["content"]).toEqual(["![](/a.jpg)\n\u3000\nText"]);
  });

  test("that are all that a text has leave the spaces at its end as they are", async () => {
    const post = "---\ntitle: a\ndate: 2026-01-05\n---\n![](/a.jpg)  \n";
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    await to.json({ action: "update", url, add: { photo: ["/b.jpg"] } });
    await to.json({ action: "update", url, delete: { photo: ["/b.jpg"] } });
    expect(await to.file()).toBe(post);
  });

  test("under two keys are under one when they change", async () => {
    const post = "---\ntitle: a\ndate: 2026-01-05\nphoto: /a.jpg\nphotos: [/b.jpg]\n---\nText\n";
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    await to.json({ action: "update", url, add: { photo: ["/c.jpg"] } });
    expect((await source(to, url))["photo"]).toEqual(["/b.jpg", "/a.jpg", "/c.jpg"]);
  });

  test("of an HTML file are in its front matter", async () => {
    const to = await desk({ "posts/a.html": "---\ntitle: a\ndate: 2026-01-05\n---\n<p>a</p>\n" });
    const url = "https://example.com/2026/01/05/a/";
    await to.json({ action: "update", url, add: { photo: [GATE] } });
    expect(await to.file()).toContain(`photos: ["${GATE}"]\n`);
  });

  test("that an address of any signs has are found again by it", async () => {
    const odd = "https://example.org/a(1)[b]'c*{d}.jpg?x=1&copy;2";
    const { update, to } = await begun({ photo: [odd, WEIR] });
    await to.publish();
    const { items } = JSON.parse(await to.read("feed.json"));
    expect(items[0].content_html).toContain(
      'src="https://example.org/a%281%29%5Bb%5D%27c%2A%7Bd%7D.jpg?x=1&amp;copy%3B2"',
    );
    expect(await update({ delete: { photo: [odd] } })).toBe(`![](${WEIR})\n\nThe gate\n`);
  });
});

describe("films and sounds of a post", () => {
  const FILM = "https://media.example.com/media/2026/06/film.mp4";
  const RAIN = "https://media.example.com/media/2026/06/rain.mp3";
  const video = [{ value: FILM, alt: "A gate", width: 720, height: 1280, poster: GATE }];
  const FILM_LINE = `<video controls="" preload="none" playsinline="" aria-label="A gate" poster="${GATE}" width="720" height="1280" src="${FILM}"></video>\n`;
  const RAIN_LINE = `<audio controls="" preload="none" src="${RAIN}"></audio>\n`;
  const begun = async (properties = {}, more = "") => {
    const to = await desk({}, SITE + more);
    const { url } = await made(to, {
      name: ["a"],
      content: ["The gate"],
      video,
      audio: [RAIN],
      photo: [WEIR],
      ...properties,
    });
    const update = async (change: object) => {
      const answer = await to.json({ action: "update", url, ...change });
      expect([answer.status, await answer.clone().text()]).toEqual([200, expect.any(String)]);
      return bodyIn(await to.file());
    };
    return { to, url, update };
  };

  test("stand below its pictures and above its text, and come back as properties", async () => {
    const { to, url } = await begun();
    expect(bodyIn(await to.file())).toBe(`![](${WEIR})\n${FILM_LINE}${RAIN_LINE}\nThe gate\n`);
    const { content, video: films, audio, photo } = await source(to, url);
    expect([content, audio, photo]).toEqual([["The gate"], [RAIN], [WEIR]]);
    expect(films).toEqual([{ ...video[0], width: "720", height: "1280" }]);
  });

  test("are once in the feed, beside what apps for podcasts load, and nothing there but what is safe", async () => {
    const { to } = await begun({ photo: [] });
    await to.publish();
    const { items } = JSON.parse(await to.read("feed.json"));
    expect(items[0].content_html).toBe(
      `<p><video controls="" poster="${GATE}" width="720" height="1280" src="${FILM}"></video>\n<audio controls="" src="${RAIN}"></audio></p>\n<p>The gate</p>`,
    );
    expect(items[0].summary).toBe("The gate");
    expect(items[0].attachments.map((each: { readonly url: string }) => each.url)).toEqual([RAIN, FILM]);
  });

  test.each(["content: summary\n", ""])("are all that a feed has of a post without words (%j)", async (more) => {
    const { to } = await begun({ photo: [], audio: [], content: [] }, more);
    await to.publish();
    const { items } = JSON.parse(await to.read("feed.json"));
    expect(items[0].content_html).toContain(`src="${FILM}"></video>`);
  });

  test("are in a feed of summaries what a post without words has of Hugo's links, whoever counts them", async () => {
    const to = await desk({}, `${SITE}dialect: hugo\ncontent: summary\nenclosurePrefix: https://op3.dev/e/\n`);
    await made(to, { name: ["a"], audio: [RAIN], summary: ["At noon"] });
    await made(to, { name: ["b"], video: [FILM], published: ["2026-05-01"] });
    await made(to, {
      name: ["c"],
      audio: [RAIN],
      content: ["[Elsewhere](https://example.org/)"],
      published: ["2026-04-01"],
    });
    await to.publish();
    const { items } = JSON.parse(await to.read("feed.json"));
    expect(items.map((each: { readonly content_html?: string }) => each.content_html)).toEqual([
      `<p><a href="${RAIN}">▶ Audio</a></p>\n<p>At noon</p>`,
      `<p><a href="${FILM}">▶ Video</a></p>`,
      undefined,
    ]);
  });

  test.each(["", "content: summary\n"])("in Hugo leave the summary of a post to its words (%j)", async (more) => {
    const to = await desk({}, `${SITE}dialect: hugo\n${more}`);
    await made(to, { content: ["The gate at noon"], video: [{ value: FILM, alt: "Water" }], audio: [RAIN] });
    await made(to, { content: ["The gate\n\n<!-- more -->\n\nand more"], audio: [RAIN], published: ["2026-05-01"] });
    await to.publish();
    const { items } = JSON.parse(await to.read("feed.json"));
    expect(items.map((each: { readonly summary?: string }) => each.summary)).toEqual(["The gate at noon", "The gate"]);
    if (more !== "") expect(items[0].content_text).toBe("The gate at noon");
  });

  test("are changed by themselves, beside pictures and the text", async () => {
    const { update, to } = await begun({ photo: [] });
    expect(await update({ replace: { content: ["New"] } })).toBe(`${FILM_LINE}${RAIN_LINE}\nNew\n`);
    expect(await update({ delete: { video: [FILM] } })).toBe(`${RAIN_LINE}\nNew\n`);
    expect(await to.file()).not.toContain("video");
    expect(await update({ add: { photo: [WEIR] } })).toBe(`${RAIN_LINE}![](${WEIR})\n\nNew\n`);
    expect(await update({ add: { video } })).toBe(`${RAIN_LINE}![](${WEIR})\n${FILM_LINE}\nNew\n`);
    expect(await update({ replace: { video: [{ ...video[0], alt: "B" }] } })).toContain('aria-label="B"');
    expect(await update({ replace: { audio: ["/b.mp3", RAIN] }, delete: ["photo", "video"] })).toBe(
      `${RAIN_LINE.replace(RAIN, "/b.mp3")}${RAIN_LINE}\nNew\n`,
    );
    expect(await update({ delete: ["audio"] })).toBe("New\n");
  });

  test("stay between pictures where they are when others come and go", async () => {
    const post = `---\ntitle: a\ndate: 2026-01-05\nvideo: /v.mp4\n---\n\n![](/p.jpg)\n<video src="/v.mp4"></video>\n![](/q.jpg)\n\nText\n`;
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    const update = (change: object) => to.json({ action: "update", url, ...change });
    await update({ add: { photo: [WEIR] } });
    expect(await to.file()).toBe(post.replace("![](/q.jpg)", `![](/q.jpg)\n![](${WEIR})`));
    await update({ delete: { photo: [WEIR] } });
    expect(await to.file()).toBe(post);
    await update({ delete: { photo: ["/p.jpg"] } });
    expect(await to.file()).toBe(post.replace("![](/p.jpg)\n", ""));
  });

  test("have links in Hugo, which shows no HTML", async () => {
    const { to, url, update } = await begun({ photo: [] }, "dialect: hugo\n");
    expect(bodyIn(await to.file())).toBe(`[![A gate](${GATE})](${FILM})\n[▶ Audio](${RAIN})\n\nThe gate\n`);
    expect((await source(to, url))["content"]).toEqual(["The gate"]);
    expect(await update({ delete: ["audio"], replace: { video: [FILM] } })).toBe(`[▶ Video](${FILM})\n\nThe gate\n`);
    expect(await update({ delete: ["video"] })).toBe("The gate\n");
  });

  test("of another site have no player of a file", async () => {
    const { to, url } = await begun({ photo: [], audio: [], video: ["https://www.youtube.com/watch?v=dQw4w9WgXcQ"] });
    expect(bodyIn(await to.file())).toBe("The gate\n");
    expect((await source(to, url))["content"]).toEqual(["The gate"]);
  });

  test("that a theme shows get no line: those of a post whose text has none, by git", async () => {
    const post = `---\ntitle: a\ndate: 2026-01-05\nvideo: /a.mp4\n---\n\nText\n\n<video controls src="/a.mp4"></video>\n`;
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    expect((await source(to, url))["content"]).toEqual(['Text\n\n<video controls src="/a.mp4"></video>']);
    expect((await to.json({ action: "update", url, add: { video: ["/b.mp4"] } })).status).toBe(200);
    expect(await to.file()).toBe(post.replace("video: /a.mp4", 'videos: ["/a.mp4", "/b.mp4"]'));
    await to.json({ action: "update", url, delete: ["video"] });
    expect(bodyIn(await to.file())).toBe(bodyIn(post));
  });

  test("of a text that came by git keep their line where they stay, and every other byte", async () => {
    const post =
      '---\r\ntitle: a\r\ndate: 2026-01-05\r\nvideos: [ /a.mp4, "/b&c.mp4" ] # two\r\n---\r\n\n<video src="/b&amp;c.mp4" loop controls></video>\n![x](/x.jpg)\r\n<VIDEO controls src="/a.mp4"></VIDEO>\r\n\r\n<video src="/a.mp4"></video>\nText\r\n\r\n';
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    const { photo, content } = await source(to, url);
    expect([photo, content]).toEqual([[{ value: "/x.jpg", alt: "x" }], ['<video src="/a.mp4"></video>\nText']]);
    expect((await to.json({ action: "update", url, delete: { photo: ["/x.jpg"] } })).status).toBe(200);
    expect(await to.file()).toBe(post.replace("![x](/x.jpg)\r\n", ""));
  });

  test.each([
    ["", "", "yaml"],
    ["dialect: hugo\n", "", "toml"],
    ["dialect: zola\n", "[extra]\n", "toml"],
  ])("are changed under whichever of their two keys a post that came by git has (%j %j)", async (more, table, form) => {
    const [fence, is] = form === "toml" ? ["+++", " ="] : ["---", ":"];
    const fileOf = (fields: readonly string[]) =>
      `${fence}\ntitle${is} "a"\ndate${is} 2026-01-05\n${table}${fields.map((each) => `${each}\n`).join("")}${fence}\nText\n`;
    const changed = async (fields: readonly string[], ...changes: readonly object[]) => {
      const to = await desk({ [more === "" ? "posts/a.md" : "content/posts/a.md"]: fileOf(fields) }, SITE + more);
      const { items } = (await (await to.ask("q=source")).json()) as { items: { properties: { url: string[] } }[] };
      const [url = ""] = items[0]?.properties.url ?? [];
      for (const change of changes) {
        const answer = await to.json({ action: "update", url, ...change });
        expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
      }
      return { file: await to.file(), video: (await source(to, url))["video"] };
    };
    const one = [`videos${is} ["/a.mp4"]`];
    expect(await changed(one, { delete: ["video"] })).toMatchObject({ video: undefined });
    expect(await changed(one, { replace: { video: ["/b.mp4"] } })).toMatchObject({
      file: fileOf([`videos${is} ["/b.mp4"]`]),
      video: ["/b.mp4"],
    });
    const both = [`video${is} "/a.mp4"`, `videos${is} ["/b.mp4"]`];
    expect(await changed(both, { add: { video: ["/c.mp4"] } })).toMatchObject({
      file: fileOf([`videos${is} ["/a.mp4", "/b.mp4", "/c.mp4"]`]),
    });
    expect(await changed(both, { delete: { video: ["/b.mp4"] } })).toMatchObject({ file: fileOf(both.slice(0, 1)) });
    expect(await changed(both, { delete: { video: ["/a.mp4"] } })).toMatchObject({ video: ["/b.mp4"] });
    expect(await changed(both, { delete: ["video"] })).toMatchObject({ video: undefined });
  });

  test("keep all that a post that came by git says of them when another one is added", async () => {
    const fileOf = (lines: string) => `---\ntitle: a\ndate: 2026-01-05\n${lines}---\n\nText\n`;
    const url = "https://example.com/2026/01/05/a/";
    const added = async (lines: string, add: object) => {
      const to = await desk({ "posts/a.md": fileOf(lines) });
      const answer = await to.json({ action: "update", url, add });
      return [answer.status, await to.file()] as const;
    };
    const rain = "audio:\n  src: /rain.mp3\n  title: Rain\n  bitrate: 128\n  parts: [a, b]\n";
    const kept = '{ url: "/rain.mp3", title: Rain, bitrate: 128, parts: [a, b] }';
    expect(await added(rain, { audio: ["/b.mp3"] })).toEqual([200, fileOf(`audios: [${kept}, "/b.mp3"]\n`)]);
    const gate = "photos:\n  - file: /gate.jpg\n    title: Gate\n";
    expect(await added(gate, { photo: ["/b.jpg"] })).toEqual([
      200,
      fileOf('photos: [{ url: "/gate.jpg", title: Gate }, "/b.jpg"]\n'),
    ]);
    for (const lines of ["video: { youtube: dQw4w9WgXcQ }\n", "videos: [[/a.mp4]]\n"]) {
      expect(await added(lines, { video: ["/b.mp4"] })).toEqual([400, fileOf(lines)]);
    }
  });

  test("that a text of other lines begins with are text", async () => {
    const line = `<video controls src="/b.mp4"></video>`;
    const post = `---\ntitle: a\ndate: 2026-01-05\nvideo: /a.mp4\n---\n\n${line}\n\nText\n`;
    const to = await desk({ "posts/a.md": post });
    const url = "https://example.com/2026/01/05/a/";
    expect((await source(to, url))["content"]).toEqual([`${line}\n\nText`]);
    await to.json({ action: "update", url, delete: ["video"] });
    expect(bodyIn(await to.file())).toBe(bodyIn(post));
  });

  test("of an HTML file are in its front matter", async () => {
    const to = await desk({ "posts/a.html": "---\ntitle: a\ndate: 2026-01-05\n---\n<p>a</p>\n" });
    const url = "https://example.com/2026/01/05/a/";
    await to.json({ action: "update", url, add: { video } });
    expect(await to.file()).toContain("---\n<p>a</p>\n");
    expect(await to.file()).toContain(FILM);
  });
});
