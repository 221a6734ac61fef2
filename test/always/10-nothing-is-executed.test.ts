/** Nothing that an author writes is executed, and no path in it leads out of the content store. */
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import type { Store } from "../../lib/stores/store.ts";
import { post, WHOLE_SITE, type World, world } from "../support/world.ts";
import { inFolders } from "./environment.ts";

declare global {
  var executed: string[] | undefined;
}

const EVIL = 'globalThis.executed = [...(globalThis.executed ?? []), "evil"]';
const LANGUAGES = "js JS javascript JavaScript coffee coffeescript cson node mjs ts typescript json5 eval ejs".split(
  " ",
);

/** Front matter with code, in every language and spelling. */
const FRONTS: readonly string[] = [
  ...LANGUAGES.flatMap((language) => [
    `---${language}\n{ title: (${EVIL}, "T") }\n---\n`,
    `--- ${language}\nmodule.exports = (${EVIL}, { title: "T" })\n---\n`,
    `---${language} \r\nreturn ${EVIL}\r\n---\r\n`,
    `+++${language}\ntitle = (${EVIL})\n+++\n`,
    `;;;${language}\n(${EVIL})\n;;;\n`,
  ]),
  `---\ntitle: !!js/function "function () { ${EVIL} }"\n---\n`,
  `---\ntitle: !!js/undefined ${EVIL}\ndate: !js (${EVIL})\n---\n`,
  `---\n__proto__: { executed: yes }\nconstructor: { prototype: { executed: yes } }\n---\n`,
  `{ "title": (${EVIL}), "date": "2026-01-02" }\n`,
  `{"title": "T", "x": [${EVIL}], "date": "2026-01-02"}\n`,
  `---json\n{"title": "T", "x": (() => (${EVIL}))()}\n---\n`,
  `---\ntitle: "\${${EVIL}}"\ndate: 2026-01-02\n---\n`,
];

const BODIES: readonly string[] = [
  `<% ${EVIL} %><%= ${EVIL} %><%- ${EVIL} %>`,
  `{{ ${EVIL} }}{% set x = (${EVIL}) %}{{ range.constructor("${EVIL}")() }}`,
  `{% raw %}{{ x | evil: (${EVIL}) }}{% endraw %}{% javascript %}${EVIL}{% endjavascript %}`,
  `{${EVIL}}\n\n<Component x={(${EVIL})} />\n\nexport const x = (${EVIL})\n\nimport "data:text/javascript,${EVIL}"\n`,
  `{{< evil x="\`${EVIL}\`" >}}{{% evil %}}${EVIL}{{% /evil %}}#{${EVIL}}\${${EVIL}}`,
];

/** HTML that would execute in a feed reader. */
const HTML: readonly string[] = [
  `<script>${EVIL}</script><SCRIPT SRC=//evil.example/x.js></SCRIPT><script type=module>${EVIL}</script>`,
  `<img src=x onerror='${EVIL}'><a href="https://a.example/" onclick=evil() onmouseover='evil()'>a</a><svg onload=evil()>`,
  `<a href="javascript:evil()">a</a><a href=" JaVaScRiPt&#58;evil()">b</a><a href="java&#10;script:evil()">c</a>`,
  "[a](javascript:evil()) [b](JAVASCRIPT:evil()) <javascript:evil()> [c](vbscript:evil()) [d](data:text/html,evil)",
  `<iframe srcdoc="<script>${EVIL}</script>"></iframe><iframe src="javascript:evil()"></iframe>`,
  `<object data="evil.swf"></object><embed src="evil.swf"><form action="javascript:evil()"><button formaction="javascript:evil()">`,
  `<style>@import "javascript:evil()"</style><p style="background:url(javascript:evil())">p</p><base href="javascript:/">`,
  `<math><mtext></p><script>${EVIL}</script></mtext></math><noscript><p title="</noscript><script>${EVIL}</script>">`,
  `<video src="javascript:evil()" poster="javascript:evil()"><source src="javascript:evil()"></video><meta http-equiv=refresh content="0;url=javascript:evil()">`,
];

const FORBIDDEN = new Set("script object embed applet form button base meta link style svg iframe".split(" "));

/** Every element and attribute that a reader might execute; a page may have `own` scripts. */
function executable(html: string, own: number): readonly string[] {
  const found: string[] = [];
  let scripts = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === "script" && ++scripts <= own) return;
      if (own === 0 && FORBIDDEN.has(name)) found.push(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^on/i.test(attribute) || attribute === "srcdoc") found.push(`${name} ${attribute}`);
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[\s\p{Cc}]/gu, ""))?.[1] ?? "";
        if (/^(?:href|src|action|formaction|poster|data)$/.test(attribute) && /script|data/i.test(scheme)) {
          found.push(`${name} ${attribute}=${value}`);
        }
      }
    },
  });
  parser.write(html);
  parser.end();
  return found.filter((each) => !(own > 0 && each.startsWith("link href=data:")));
}

async function expectNothingRuns(site: World): Promise<void> {
  expect(globalThis.executed).toBeUndefined();
  expect(({} as { executed?: unknown }).executed).toBeUndefined();
  const { items } = JSON.parse(await site.read("feed.json"));
  for (const { content_html } of items) expect(executable(content_html, 0)).toEqual([]);
  expect(executable(await site.read("index.html"), 1)).toEqual([]); // the page's own script, which its policy allows by hash
}

const OUTSIDE = "WORDS FROM OUTSIDE";
const UPS = [
  "../../outside",
  "../outside",
  "/../../outside",
  "..%2f..%2foutside",
  "%2e%2e/%2e%2e/outside",
  "..\\..\\outside",
];
/** Front matter and templates that name files outside the content. */
const REACHING: readonly string[] = [
  ...UPS,
  "/etc/passwd",
  "../../../../../../etc/passwd",
  "file:///etc/passwd",
].flatMap((path) => [
  post({ audio: `"${path.replaceAll("\\", "\\\\")}.mp3"`, image: `"${path.replaceAll("\\", "\\\\")}"` }),
  post({}, `{% include ${path}.md %}{% include_relative ${path}.md %}{% include_code ${path}.md %}\n`),
  post(
    {},
    `{{< readfile "${path}.md" >}}{{% include "${path}.md" %}}{{ readFile "${path}.md" }}<!--#include file="${path}.md"-->\n`,
  ),
  post(
    {},
    `[[${path}.md]] ![[${path}.md]] @import "${path}.md"\n\n<<< ${path}.md\n\n[a](${path}.md) ![b](${path}.md)\n`,
  ),
  post({ layout: `${path}.md`, include: `${path}.md`, data: `${path}.md`, slug: `"${path.replaceAll("\\", "\\\\")}"` }),
]);

/** Front matter with an address that leads out of the site. */
const ASTRAY = ["..#x", "../..?y", "..\\\\..\\\\z"].map((permalink) => post({ permalink: `"${permalink}"` }));

/** The store, noting every key and prefix that is requested. */
function watched(store: Store, requested: string[]): Store {
  return {
    ...store,
    list(prefix) {
      requested.push(prefix);
      return store.list(prefix);
    },
    get(key, known) {
      requested.push(key);
      return store.get(key, known);
    },
  };
}

const isInside = (key: string) => !/[\\\0]/.test(key) && key.split("/").every((part) => part !== ".." && part !== ".");

async function expectInside(texts: readonly string[]): Promise<void> {
  await inFolders(async (stores, root) => {
    const content = join(root, "content");
    await mkdir(join(content, "posts"), { recursive: true });
    for (const name of ["outside.md", "outside.mp3", "outside"]) await writeFile(join(root, name), post({}, OUTSIDE));
    await mkdir(join(root, "folder"));
    await writeFile(join(root, "folder", "a.md"), post({ title: OUTSIDE }));
    await writeFile(
      join(content, "site.yaml"),
      WHOLE_SITE.replace("//example.com/", "//example.com/blog/").concat("limit: 1000\n"),
    );
    for (const [i, text] of texts.entries()) await writeFile(join(content, "posts", `${i}.md`), text);
    await symlink(join(root, "outside.md"), join(content, "posts", "link.md"));
    await symlink("../../outside.md", join(content, "posts", "relative.md"));
    await symlink(join(root, "folder"), join(content, "posts", "folder"));
    await symlink(join(root, "outside.mp3"), join(content, "posts", "outside.mp3"));

    const site = await world();
    const requested: string[] = [];
    const all = { ...stores, content: watched(stores.content, requested) };
    await site.publish(all);
    for (const [i, text] of texts.entries()) await writeFile(join(content, "posts", `${i}.md`), `${text}\n`);
    const hints = [
      "posts/../../outside.md",
      "../outside.md",
      "posts/folder/a.md",
      "posts/link.md",
      "/etc/passwd",
      "posts/0.md",
    ];
    await site.publish({ ...all, hints: [...hints, ...texts.map((_, i) => `posts/${i}.md`)] });
    expect(requested.filter((key) => !isInside(key))).toEqual([]);
    const written = { ...(await site.dump(stores.public)), ...(await site.dump(stores.state)) };
    const { items } = JSON.parse(written["feed.json"] ?? "");
    for (const { url } of items) expect(url).toMatch(/^https:\/\/example\.com\/blog\//);
    expect(Object.keys(written).filter((key) => !isInside(key))).toEqual([]);
    expect(Object.entries(written).filter(([, text]) => text.includes(OUTSIDE) || text.includes("root:x:0"))).toEqual(
      [],
    );

    // The store itself refuses keys that lead outside.
    for (const key of [
      "../outside.md",
      "posts/../../outside.md",
      "posts/link.md",
      "posts/relative.md",
      "posts/folder/a.md",
    ]) {
      const object = await stores.content.get(key).catch(() => undefined);
      expect(object).toBeUndefined();
    }
    for (const prefix of ["../", "../outside", "posts/../../"]) {
      for await (const { key } of stores.content.list(prefix)) expect(key).toBe("nothing is there");
    }
  });
}

/** What somebody writes into the entry cache is no entry, though each entry is as long as before and where it was. */
async function alterEntries(): Promise<void> {
  const attack = `Altered.<script>${EVIL.replaceAll('"', "'")}</script>`;
  const words = `Some ${"w".repeat(attack.length - 5)}`;
  const posts = { "posts/a.md": post({ title: "A" }, words), "posts/b.md": post({ title: "B" }, words) };
  const site = await world(posts, WHOLE_SITE);
  await site.publish();
  for (const [key, text] of Object.entries(await site.dump(site.state))) {
    if (!key.startsWith("entries/")) continue;
    const altered = text.replaceAll(words, attack);
    expect(altered).not.toBe(text);
    expect(altered).toHaveLength(text.length);
    await site.state.put(key, new TextEncoder().encode(altered), { contentType: "application/json" });
  }
  await site.write("posts/a.md", post({ title: "Edited" }));
  await site.publish();
  await expectNothingRuns(site);
  expect(await site.read("feed.json")).not.toContain("Altered");
}

test("No author input is executed, and none leaves the content store's prefix.", async () => {
  globalThis.executed = undefined;
  const evil = [
    ...FRONTS.map((front) => `${front}Words.\n`),
    ...[...BODIES, ...HTML].map((body) => post({}, `${body}\n`)),
  ];
  for (const extension of ["md", "mdx"]) {
    const site = await world(
      Object.fromEntries(evil.map((text, i) => [`posts/${i}.${extension}`, text])),
      `${WHOLE_SITE}limit: 1000\n`,
    );
    const report = await site.publish();
    expect(report.records.public).toBeGreaterThanOrEqual(BODIES.length + HTML.length);
    await expectNothingRuns(site);
  }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FRONTS),
      fc.array(fc.constantFrom(...BODIES, ...HTML), { maxLength: 3 }),
      async (front, bodies) => {
        const text = bodies.join("");
        const site = await world(
          {
            "posts/a.md": `${front}${text}\n`,
            "posts/b.mdx": post({}, `${text}\n`),
            "posts/c.md": post({}, `> ${text}`),
          },
          WHOLE_SITE,
        );
        await site.publish();
        await expectNothingRuns(site);
      },
    ),
    { numRuns: 60 },
  );
  await alterEntries();
  await expectInside([...REACHING, ...ASTRAY]);
});
