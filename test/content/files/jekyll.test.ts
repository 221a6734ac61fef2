/** Where files of Jekyll and Chirpy lie. */
import { describe, expect, test } from "vitest";
import { published, type Written } from "./files.ts";

const KEY = "_posts/2024-10-15-one.md";
const ROOT = { url: "https://example.org/", dialect: "jekyll", permalink: "/:title/" } as const;
const FOLDER = { ...ROOT, url: "https://example.org/blog/" } as const;
const jekyll = (written: Partial<Written>) => published({ key: KEY, site: ROOT, ...written });

describe("below a base URL", () => {
  test.each([
    ["image: /assets/a.png", "/blog/assets/a.png"],
    ["image: { path: /assets/a.png, alt: A }", "/blog/assets/a.png"],
    ["image: assets/a.png", "/blog/assets/a.png"],
    ["image: /blog/assets/a.png", "/blog/assets/a.png"],
    ["image: a.png", "/blog/one/a.png"],
    ["image: https://example.org/a.png", "/a.png"],
  ])("%s is at %s", (front, path) => {
    expect(jekyll({ site: FOLDER, front }).image).toBe(`https://example.org${path}`);
  });

  test("recordings and pictures of persons are there too", () => {
    const front = "audio: /assets/a.mp3\npersons: [{ name: Ann, img: /ann.png }]";
    const { media, episode } = jekyll({ site: FOLDER, front });
    expect(media[0]?.url).toBe("https://example.org/blog/assets/a.mp3");
    expect(episode?.persons?.[0]?.image).toBe("https://example.org/blog/ann.png");
  });

  test("a path in the text stays below the host", () => {
    expect(jekyll({ site: FOLDER, body: "![](/assets/c.png)" }).addresses).toEqual([
      "https://example.org/assets/c.png",
    ]);
  });
});

test("a relative picture of the front matter that is there is below the site", () => {
  expect(jekyll({ front: "image: assets/a.png", beside: ["assets/a.png"] }).image).toBe(
    "https://example.org/assets/a.png",
  );
  expect(jekyll({ front: "image: assets/a.png" }).image).toBe("https://example.org/one/assets/a.png");
});

describe("the folder of a post's media is put before", () => {
  const FRONT = "media_subpath: /assets/img/x";
  test.each([
    ["![](a.png)", "/assets/img/x/a.png"],
    ["![](/a.png)", "/assets/img/x/a.png"],
    ["![](sub/a.png){: w='700' }", "/assets/img/x/sub/a.png"],
    ['<img src="a.png">', "/assets/img/x/a.png"],
    ["{% include embed/video.html src='a.mp4' %}", "/assets/img/x/a.mp4"],
    ["{% include embed/audio.html src='/a.mp3' %}", "/assets/img/x/a.mp3"],
    ["![](/assets/img/x/a.png)", "/assets/img/x/a.png"],
    ["![](https://example.net/a.png)", "https://example.net/a.png"],
    ["[page](a)", "/one/a"],
  ])("%s", (body, path) => {
    expect(jekyll({ front: FRONT, body }).addresses).toEqual([new URL(path, ROOT.url).href]);
  });

  test.each([
    ["/assets/x", "https://example.org/assets/x/a.png"],
    ["/assets/x/", "https://example.org/assets/x/a.png"],
    ["assets/x", "https://example.org/assets/x/a.png"],
    ["https://example.net/x", "https://example.net/x/a.png"],
    ["https://example.net/x/", "https://example.net/x/a.png"],
  ])("whatever its slashes: %s", (folder, address) => {
    for (const key of ["media_subpath", "img_path"]) {
      const { image, addresses } = jekyll({ front: `${key}: ${folder}\nimage: { path: a.png }`, body: "![](a.png)" });
      expect([image, ...addresses]).toEqual([address, address]);
    }
  });

  test("and before it the base URL, or the site's CDN", () => {
    const body = "![](a.png)";
    expect(jekyll({ site: FOLDER, front: FRONT, body }).addresses).toEqual([
      "https://example.org/blog/assets/img/x/a.png",
    ]);
    const whole = jekyll({ site: FOLDER, front: "media_subpath: /blog/x", body });
    expect(whole.addresses).toEqual(["https://example.org/blog/x/a.png"]);
    const beside = { "_config.yml": 'title: A\ncdn: "https://cdn.example"\n' };
    expect(jekyll({ front: FRONT, body, beside }).addresses).toEqual(["https://cdn.example/assets/img/x/a.png"]);
    const written = "![](/assets/img/x/a.png)";
    expect(jekyll({ front: FRONT, body: written, beside }).addresses).toEqual([
      "https://cdn.example/assets/img/x/a.png",
    ]);
    const inFull = jekyll({ site: FOLDER, front: FRONT, body: `${written} ![](/blog/assets/img/x/b.png)` });
    expect(inFull.addresses).toEqual(["a.png", "b.png"].map((name) => `https://example.org/blog/assets/img/x/${name}`));
  });
});

test("nothing is looked up for the text", () => {
  const { deps } = jekyll({ body: "![](a.png) ![](/b.png)" });
  expect(deps.filter((key) => !key.startsWith("_config."))).toEqual([]);
});
