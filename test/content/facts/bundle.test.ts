/** The picture of a post of Hugo that no key of its own names. */
import { describe, expect, test } from "vitest";
import { published } from "../files/files.ts";

const KEY = "content/posts/weir/index.md";
const HOST = "https://example.org/posts/weir/";
const post = (front: string, beside: readonly string[] = [], key = KEY) =>
  published({ key, front, beside, site: { dialect: "hugo", permalink: "/:sections/:slugorfilename/" } });
const named = (name: string, src = "front.jpg") => `resources:\n- { name: ${name}, src: "${src}" }`;

describe("a resource", () => {
  test.each(["featured-image", "featured", "feature", "cover", "thumbnail", "header", "featured-image-preview"])(
    "called %s is the picture",
    (name) => expect(post(named(name)).image).toBe(`${HOST}front.jpg`),
  );

  test("that is the picture counts before its preview, and others do not", () => {
    const front = `resources:
- { name: map, src: map.pdf }
- { name: featured-image-preview, src: small.jpg }
- { name: featured-image, src: front.jpg }`;
    expect(post(front).image).toBe(`${HOST}front.jpg`);
    expect(post(named("map", "map.jpg")).image).toBeUndefined();
  });

  test("may be a pattern, for a file with a usual name", () => {
    expect(post(named("featured", "*feature*"), ["content/posts/weir/featured.png"]).image).toBe(`${HOST}featured.png`);
    expect(post(named("cover", "img/front.*"), ["content/posts/weir/img/front.webp"]).image).toBe(
      `${HOST}img/front.webp`,
    );
    expect(post(named("featured", "*feature*")).image).toBeUndefined();
  });

  test.each(['""', "{}", "{ name: cover }", "[cover]", "[{ name: cover, src: [] }]", "x"])(
    "is none in resources: %s",
    (value) => expect(post(`resources: ${value}`).image).toBeUndefined(),
  );
});

describe("a file of the bundle", () => {
  test.each([
    ["featured.jpg", ["cover.jpg", "featured.jpg", "weir.jpg"]],
    ["cover.webp", ["cover.webp", "thumbnail.png"]],
    ["thumbnail.png", ["thumbnail.png"]],
  ])("called %s is the picture, of %j", (name, files) => {
    const beside = files.map((file) => `content/posts/weir/${file}`);
    expect(post("", beside).image).toBe(HOST + name);
  });

  test("is taken where no key names one, and looked for in bundles alone", () => {
    const beside = ["content/posts/weir/featured.jpg", "content/posts/featured.jpg"];
    expect(post("images: [x.jpg]", beside).image).toBe(`${HOST}x.jpg`);
    expect(post("images: [x.jpg]", beside).deps).not.toContain("content/posts/weir/featured.jpg");
    const single = post("", beside, "content/posts/weir.md");
    expect([single.image, single.deps.filter((key) => key.includes("featured"))]).toEqual([undefined, []]);
  });
});

test.each([
  ['featuredImage: ""\nfeaturedImagePreview: /p.jpg', "https://example.org/p.jpg"],
  ["cover: { image: a.jpg, relative: true }", `${HOST}a.jpg`],
  ["params: { cover: { image: a.jpg } }", `${HOST}a.jpg`],
  [`${named("featured")}\nimages: [a.jpg]`, `${HOST}a.jpg`],
])("%j says it", (front, image) => expect(post(front).image).toBe(image));
