/** Files that a post names, and that come and go after it. */
import { expect, test } from "vitest";
import { SITE, world } from "../../support/world.ts";

test("a picture that comes beside a post is told by a hint of it alone, and is no news to readers", async () => {
  const site = await world();
  await site.write("site.yaml", `${SITE}dialect: hexo\n`);
  await site.write(
    "source/_posts/weir.md",
    "---\ntitle: Weir\ndate: 2024-10-15\n---\n![](img/a.png) ![](weir/b.png)\n",
  );
  await site.publish();
  const addresses = async () => {
    const [item] = JSON.parse(await site.read("feed.json")).items;
    return [...item.content_html.matchAll(/src="https:\/\/example\.com([^"]*)"/g)].map(([, path]) => path);
  };
  const updated = async () => (await site.catalog()).records.map(({ facts }) => facts?.updated);
  const first = await updated();
  expect(await addresses()).toEqual(["/2024/10/15/weir/img/a.png", "/2024/10/15/weir/weir/b.png"]);

  await site.write("source/img/a.png", "png");
  await site.publish({ hints: ["source/img/a.png"] });
  expect(await addresses()).toEqual(["/img/a.png", "/2024/10/15/weir/weir/b.png"]);

  await site.write("source/_posts/weir/b.png", "png");
  await site.publish();
  expect(await addresses()).toEqual(["/img/a.png", "/2024/10/15/weir/b.png"]);
  expect(await updated()).toEqual(first);

  await site.remove("source/img/a.png");
  await site.publish({ hints: ["source/img/a.png"] });
  expect(await addresses()).toEqual(["/2024/10/15/weir/img/a.png", "/2024/10/15/weir/b.png"]);
});
