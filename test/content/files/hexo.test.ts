/** Where Hexo's files lie. */
import { describe, expect, test } from "vitest";
import { expand } from "../templates/posts.ts";
import { published, type Written } from "./files.ts";

const KEY = "source/_posts/hello.md";
const ROOT = { url: "https://example.org/", dialect: "hexo", permalink: "/:year/:title/" } as const;
const FOLDER = { ...ROOT, url: "https://example.org/blog/" } as const;
const hexo = (written: Partial<Written>) => published({ key: KEY, site: ROOT, ...written });
const BESIDE = ["source/_posts/hello/asset.png", "source/images/site.png", "source/_posts/hello/my pic.png"];

describe("a picture beside a post is in the folder that has the post's name", () => {
  test.each([
    ["![](asset.png)", "/2024/hello/asset.png"],
    ["![](./asset.png)", "/2024/hello/asset.png"],
    ["![](hello/asset.png)", "/2024/hello/asset.png"],
    ["![](./hello/asset.png)", "/2024/hello/asset.png"],
    ["![](hello\\asset.png)", "/2024/hello/asset.png"],
    ["![](.\\hello\\asset.png)", "/2024/hello/asset.png"],
    ["![](<hello/my pic.png>)", "/2024/hello/my%20pic.png"],
    ['![](hello/my%20pic.png "title")', "/2024/hello/my%20pic.png"],
    ["![a][b]\n\n[b]: hello/asset.png", "/2024/hello/asset.png"],
    ['<img src="hello/asset.png">', "/2024/hello/asset.png"],
    ["![](hello/asset.png?v=1#x)", "/2024/hello/asset.png?v=1#x"],
    ["[full](hello/asset.png)", "/2024/hello/asset.png"],
    ["{% asset_img asset.png %}", "/2024/hello/asset.png"],
    ["![](images/site.png)", "/images/site.png"],
    ["![](../images/site.png)", "/images/site.png"],
    ["![](../../images/site.png)", "/images/site.png"],
    ["![](/images/site.png)", "/images/site.png"],
    ['<img src="images/site.png">', "/images/site.png"],
  ])("%s is at %s", (body, path) => {
    expect(hexo({ body, beside: BESIDE }).addresses).toEqual([`https://example.org${path}`]);
  });

  test.each([
    ["cover: hello/asset.png", "/2024/hello/asset.png"],
    ["cover: asset.png", "/2024/hello/asset.png"],
    ["cover: ../images/site.png", "/images/site.png"],
    ["cover: images/site.png", "/images/site.png"],
    ["cover: /images/site.png", "/images/site.png"],
    ["cover: https://example.net/asset.png", undefined],
  ])("%j is at %s", (front, path) => {
    const image = path === undefined ? "https://example.net/asset.png" : `https://example.org${path}`;
    expect(hexo({ front, beside: BESIDE }).image).toBe(image);
  });

  test("also where the address of the post ends in .html", () => {
    const site = { ...ROOT, permalink: "/:year/:title.html" };
    const { url, addresses } = hexo({ site, body: "![](asset.png) ![](none.png)", beside: BESIDE });
    expect(url).toBe("https://example.org/2024/hello.html");
    expect(addresses).toEqual(["https://example.org/2024/hello/asset.png", "https://example.org/2024/none.png"]);
  });

  test("also where the post is named index, or in a folder", () => {
    const body = "![](a.png) ![](index/a.png) ![](../../images/b.png)";
    const index = hexo({
      key: "source/_posts/x/index.md",
      body,
      beside: ["source/_posts/x/index/a.png", "source/images/b.png"],
    });
    const paths = ["/2024/x/index/a.png", "/2024/x/index/a.png", "/images/b.png"];
    expect(index.addresses).toEqual(paths.map((path) => `https://example.org${path}`));
  });

  test("a recording too, with its length", () => {
    const [audio] = hexo({ front: "audio: hello/a.mp3", beside: ["source/_posts/hello/a.mp3"] }).media;
    expect(audio).toMatchObject({ url: "https://example.org/2024/hello/a.mp3", length: 7 });
  });

  test.each([
    ["![](none.png)", "/2024/hello/none.png"],
    ["![](images/none.png)", "/2024/hello/images/none.png"],
    ["![](hello/none.png)", "/2024/hello/hello/none.png"],
    ["[page](images)", "/2024/hello/images"],
    ["[page](images/site.html)", "/2024/hello/images/site.html"],
    ["`![](asset.png)`", undefined],
  ])("where there is no such file, %s stays as it is", (body, path) => {
    const { addresses } = hexo({ body, beside: BESIDE });
    expect(addresses).toEqual(path === undefined ? [] : [`https://example.org${path}`]);
  });
});

describe("in a folder of the host, the root is put before", () => {
  test.each([
    ["![](/img/a.png)", "/blog/img/a.png"],
    ["![](/img/a[1].png)", "/blog/img/a%5B1%5D.png"],
    ["![](img/a.png)", "/blog/img/a.png"],
    ["{% img /img/a.png %}", "/blog/img/a.png"],
    ["{% image /img/a.png %}", "/blog/img/a.png"],
    ["<div>\n{% img /img/a.png %}\n</div>", "/blog/img/a.png"],
    ["{% image /img/a.png, caption=x %}", "/blog/img/a.png"],
    ["[![](/img/a.png)](https://example.net/)", "https://example.net/", "/blog/img/a.png"],
  ])("%s", (body, ...paths) => {
    const found = hexo({ site: FOLDER, body }).addresses;
    expect(found).toEqual(paths.map((path) => new URL(path, ROOT.url).href));
  });

  test("what is in the front matter", () => {
    const front = "cover: /img/c.png\naudio: /sound/a.mp3\nvideo: { src: /b.mp4, poster: /b.png }";
    const { image, media } = hexo({ site: FOLDER, front });
    expect([image, ...media.flatMap(({ url, thumbnail }) => [url, thumbnail])]).toEqual([
      "https://example.org/blog/img/c.png",
      "https://example.org/blog/sound/a.mp3",
      undefined,
      "https://example.org/blog/b.mp4",
      "https://example.org/blog/b.png",
    ]);
  });

  test.each([
    ["![](/blog/img/a.png)", "/blog/img/a.png"],
    ["{% img /blog/img/a.png %}", "/blog/img/a.png"],
    ['<img src="/img/a.png">', "/img/a.png"],
    ["[about](/about/)", "/about/"],
    ["[file](/files/a.pdf)", "/files/a.pdf"],
    ["![](//example.net/a.png)", "//example.net/a.png"],
    ["![](https://example.org/img/a.png)", "/img/a.png"],
    ["![](a.png)", "/blog/2024/hello/a.png"],
    ["![](./img/a.png)", "/blog/2024/hello/img/a.png"],
  ])("not before %s", (body, path) => {
    expect(hexo({ site: FOLDER, body }).addresses).toEqual([new URL(path, ROOT.url).href]);
  });

  test("not twice before a cover, and not before an asset", () => {
    expect(hexo({ site: FOLDER, front: "cover: /blog/c.png" }).image).toBe("https://example.org/blog/c.png");
    const { addresses } = hexo({ site: FOLDER, body: "![](hello/asset.png)", beside: BESIDE });
    expect(addresses).toEqual(["https://example.org/blog/2024/hello/asset.png"]);
  });
});

test("only a doubtful path is looked up", () => {
  const of = (body: string, site: Written["site"] = ROOT) => hexo({ site, body }).deps;
  expect(of("![](https://example.net/a.png) ![](/a.png) [a](/b) [c](d)")).toEqual([]);
  expect(of("![](/a.png) ![](//example.net/a.png)", FOLDER)).toEqual([]);
  expect(of("![](a.png)")).toEqual(["source/_posts/hello/a.png", "source/a.png"]);
});

test("without a content store that was looked into, addresses are as written", () => {
  expect(expand("hexo", "![](a.png)").markdown).toBe("![](a.png)");
});
