/** What is typed on a phone is what readers see, and what the app gets back, whatever the generator takes for a template. */
import fc from "fast-check";
import matter from "gray-matter";
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { xmlSafe } from "../../lib/base/text.ts";
import { renderEntry } from "../../lib/content/entry.ts";
import { DIALECTS } from "../../lib/content/facts/dialects.ts";
import { printed } from "../../lib/content/facts/printed.ts";
import { parsePost } from "../../lib/content/post.ts";
import { normalised } from "../../lib/content/target.ts";
import { beginningOf, shownLines, withBeginning } from "../../lib/micropub/post/beginning/beginning.ts";
import { writtenAddress } from "../../lib/micropub/post/beginning/signs.ts";
import { WRITERS } from "../../lib/micropub/post/dialects.ts";
import { fieldsOf } from "../../lib/micropub/post/fields.ts";
import { fileText } from "../../lib/micropub/post/file.ts";
import { pagesIn } from "../../lib/micropub/post/leading.ts";
import { postedOf } from "../../lib/micropub/post/posted.ts";
import { audiosOf, photosOf, videosOf } from "../../lib/micropub/post/postedmedia.ts";
import { propertiesOf, readPostFile } from "../../lib/micropub/post/read.ts";
import type { TextContext } from "../../lib/micropub/post/references.ts";
import { bodyOf, contentOfBody } from "../../lib/micropub/post/text.ts";
import type { DialectName } from "../../lib/model.ts";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import { anyText } from "../support/nasty.ts";
import { SITE } from "../support/world.ts";

const NAMES = Object.keys(DIALECTS) as readonly DialectName[];

function siteOf(dialect: DialectName): Site {
  const result = parseSite(
    new TextEncoder().encode(`${SITE}dialect: ${dialect}\nemoji: false\nguard: { tags: 1000 }\n`),
    "test",
    2026,
  );
  if (!result.ok) throw new Error("no site");
  return result.site;
}

const KEYS: { readonly [name in DialectName]: string } = {
  plain: "posts/a.md",
  hexo: "source/_posts/a.md",
  jekyll: "_posts/2026-05-01-a.md",
  hugo: "content/posts/a.md",
  zola: "content/a.md",
  astro: "src/content/blog/a.md",
  eleventy: "posts/a.md",
};

const contextOf = (dialect: DialectName): TextContext => ({ dialect, isMdx: false, variables: {} });

/** What generators, editors and feeds read as something else than text. */
const signs = fc.constantFrom(
  ..."{{ }} {% %} {{< >}} {{% %}} {# #} {: .a} {x} [[ ]] %% <b> </b> <!-- --> <Foo/> <? &amp; &copy; &#8; ::: :: ^a1 %%GHOST_URL%%".split(
    " ",
  ),
  ..."[gallery] [caption] <<<".split(" "),
  "{% raw %}",
  "{% endraw %}",
  "{{ site.title }}",
  "{{< youtube id=x >}}",
  "{{ youtube(id=1) }}",
  "{% include a.html %}",
  "{% youtube x %}",
);
const words = fc.constantFrom("滴灌", "drip", "a", "raw", "end", "7");
const typed = fc
  .array(fc.tuple(fc.oneof(signs, words), fc.constantFrom(" ", " ", "", "\n")), { minLength: 1, maxLength: 12 })
  // A word at both ends, so that no sign is taken for one of Markdown, such as that of a quote.
  .map((pieces) => `w ${pieces.map(([sign, gap]) => sign + gap).join("")} w`)
  .filter((text) => !/\n\s*>/.test(text));

/** Each of them once or twice, as in what people say of prices and names. */
const signsAlone = fc
  .array(fc.constantFrom("$5", "a_b", "~20", "3 * 4", "x^2", "R&D", "&copy 7", "&", "--", "a|b", "*", "_", "$"), {
    maxLength: 8,
  })
  .map((words) => words.join(" "));

function visible(html: string): string {
  let text = "";
  new Parser({
    ontext(piece) {
      text += piece;
    },
  }).end(html);
  return text.replace(/\s+/g, "");
}

/** The attributes of each element of a name. */
function elements(html: string, of: string): readonly { readonly [name: string]: string }[] {
  const found: { readonly [name: string]: string }[] = [];
  new Parser({
    onopentag(name, attributes) {
      if (name === of) found.push(attributes);
    },
  }).end(html);
  return found;
}

function pictures(html: string): readonly (readonly [src: string | undefined, alt: string | undefined])[] {
  const found: [string | undefined, string | undefined][] = [];
  new Parser({
    onopentag(name, { src, alt }) {
      if (name === "img") found.push([src, alt?.replace(/\s+/g, " ")]);
    },
  }).end(html);
  return found;
}

/** Links with their words. */
function called(html: string): readonly (readonly [href: string, name: string])[] {
  const found: [string, string][] = [];
  new Parser({
    onopentag(name, { href = "" }) {
      if (name === "a") found.push([href, ""]);
    },
    ontext(text) {
      const last = found.at(-1);
      if (last) last[1] += text;
    },
    onclosetag(name) {
      if (name === "a") found.push(["", ""]);
    },
  }).end(html);
  return found.flatMap(([href, name]) => (href === "" ? [] : [[href, name.replace(/\s+/g, " ").trim()] as const]));
}

function fileFor(dialect: DialectName, body: string): Uint8Array {
  const posted = { ...postedOf(new Map([["name", ["t"]]]), "UTC"), published: "2026-05-01T00:00:00Z" };
  return new TextEncoder().encode(fileText(fieldsOf(posted, dialect, "UTC"), body, WRITERS[dialect].form));
}

describe.each(NAMES)("a text that is typed for %s", (dialect) => {
  const site = siteOf(dialect);

  test("is what readers see, signs of templates and HTML included", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const body = bodyOf({ form: "text", text }, contextOf(dialect));
        const { post } = parsePost(KEYS[dialect], fileFor(dialect, body), site);
        if (!post) throw new Error("no post");
        expect(visible(renderEntry(post).html)).toBe(text.replace(/\s+/g, ""));
      }),
      { numRuns: 300 },
    );
  });

  test("in MDX has no `<` that begins a tag", () => {
    const text = "w < 5 {{< >}} <3 w";
    const body = bodyOf({ form: "text", text }, { ...contextOf(dialect), isMdx: true });
    expect(body).not.toContain("<");
    expect(contentOfBody(body, true)).toBe(text);
  });

  test("as the words of a picture is what readers are told, and comes back", () => {
    const url = "https://example.org/a.jpg";
    fc.assert(
      fc.property(fc.oneof(typed, anyText, signsAlone), fc.oneof(typed, fc.constant("")), (written, text) => {
        const [photo] = photosOf(new Map([["photo", [{ value: url, alt: written }]]]));
        const alt = xmlSafe(photo?.alt ?? "").trim();
        const lines = shownLines({ photo: [{ url, alt }, { url }, { url, alt }] }, dialect);
        const words = bodyOf({ form: "text", text }, { ...contextOf(dialect), isMdx: dialect === "astro" });
        const body = withBeginning(lines, words);
        const { lines: found, rest } = beginningOf(body, { hasPictures: true, addresses: [] });
        expect(found.map(({ line: _, ...each }) => each)).toEqual([
          { property: "photo", url, ...(alt !== "" && { alt }) },
          { property: "photo", url },
          { property: "photo", url, ...(alt !== "" && { alt }) },
        ]);
        expect(rest.trim()).toBe(words);
        const key = dialect === "astro" ? `${KEYS.astro}x` : KEYS[dialect];
        const { post } = parsePost(key, fileFor(dialect, body), site);
        if (!post) throw new Error("no post");
        const { html } = renderEntry(post);
        expect(pictures(html)).toEqual([alt, "", alt].map((each) => [url, each.replace(/\s+/g, " ")]));
        expect(visible(html)).toBe(text.replace(/\s+/g, ""));
      }),
      { numRuns: 300 },
    );
  });

  test("as the title of a link and of a stream is what these are called, and leaves the text and the file as they are", () => {
    const pages = fc.constantFrom(
      "https://example.org/a/",
      "https://example.org/a(1)[b]'{{c}}_d_?x=1&copy;2&y=%7B\\",
      "http://x.example/%ff",
    );
    fc.assert(
      fc.property(
        fc.oneof(typed, anyText, signsAlone),
        fc.oneof(typed, fc.constant("")),
        pages,
        (written, text, page) => {
          const stream = "https://stream.example/";
          const properties = new Map([
            ["name", [written]],
            ["in-reply-to", [page]],
            ["live", [{ url: stream, start: "2026-05-01T00:00:00Z" }]],
          ]);
          const posted = { ...postedOf(properties, "UTC"), published: "2026-05-01T00:00:00Z" };
          const lines = shownLines({ page: pagesIn(properties), title: posted.title }, dialect);
          const key = dialect === "astro" ? `${KEYS.astro}x` : KEYS[dialect];
          const words = bodyOf({ form: "text", text }, { ...contextOf(dialect), isMdx: dialect === "astro" });
          const bytes = new TextEncoder().encode(
            fileText(fieldsOf(posted, dialect, "UTC"), withBeginning(lines, words), WRITERS[dialect].form),
          );
          const file = readPostFile(key, bytes, site);
          expect(file.beginning?.lines.map(({ property, line }) => [property, line])).toEqual([
            ["page", lines[0]],
            ["page", lines[1]],
          ]);
          expect(file.beginning?.rest.trim()).toBe(words);
          const { post } = parsePost(key, bytes, site);
          if (!post) throw new Error("no post");
          const { html, summary } = renderEntry(post);
          const shown = called(html);
          const title = xmlSafe(posted.title ?? "")
            .replace(/\s+/g, " ")
            .trim();
          const isSeen = /[\p{L}\p{N}\p{P}\p{S}]/u.test(title);
          expect(shown.slice(0, 2).map(([, name]) => name)).toEqual(
            isSeen ? [title, `▶ ${title}`] : [expect.stringContaining(new URL(page).host), "▶ stream.example"],
          );
          expect(shown.filter(([href]) => normalised(href) === normalised(page))).toHaveLength(1);
          expect(shown.filter(([href]) => href === stream)).toHaveLength(1);
          if (text.trim() === "") expect(summary).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });

  test("as the words of a film is what it is called, beside a sound, and leaves the text and the file as they are", () => {
    const url = fc.constantFrom("https://example.org/a.mp4", "https://example.org/a(1)[b]'{{c}}.mp4?x=1&copy;2&y=%7B");
    fc.assert(
      fc.property(
        fc.oneof(typed, anyText, signsAlone),
        fc.oneof(typed, fc.constant("")),
        url,
        fc.boolean(),
        (written, text, film, hasPoster) => {
          const poster = hasPoster ? { poster: `${film}.jpg` } : {};
          const properties = new Map([
            ["video", [{ value: film, alt: written, width: 720, height: 1280, ...poster }]],
            ["audio", ["https://example.org/a.mp3"]],
          ]);
          const [videos, audios] = [videosOf(properties), audiosOf(properties)];
          const lines = shownLines({ video: videos, audio: audios }, dialect);
          const key = dialect === "astro" ? `${KEYS.astro}x` : KEYS[dialect];
          const words = bodyOf({ form: "text", text }, { ...contextOf(dialect), isMdx: dialect === "astro" });
          const posted = {
            ...postedOf(new Map([["name", ["t"]]]), "UTC"),
            published: "2026-05-01T00:00:00Z",
            videos,
            audios,
          };
          const bytes = new TextEncoder().encode(
            fileText(fieldsOf(posted, dialect, "UTC"), withBeginning(lines, words), WRITERS[dialect].form),
          );
          const file = readPostFile(key, bytes, site);
          expect(file.beginning?.lines.map(({ property, line }) => [property, line])).toEqual([
            ["video", lines[0]],
            ["audio", lines[1]],
          ]);
          expect(file.beginning?.rest.trim()).toBe(words);
          const { post } = parsePost(key, bytes, site);
          if (!post) throw new Error("no post");
          expect(post.media?.map((each) => each.medium)).toEqual(["audio", "video"]);
          const { html } = renderEntry(post);
          const alt = xmlSafe(videos[0]?.alt ?? "").trim();
          const shown = writtenAddress(film);
          if (dialect === "hugo") {
            const label = alt || "▶ Video";
            expect(
              elements(html, "a")
                .slice(0, 2)
                .map(({ href }) => href),
            ).toEqual([shown, "https://example.org/a.mp3"]);
            expect(pictures(html).map(([, said]) => said)).toEqual(hasPoster ? [label.replace(/\s+/g, " ")] : []);
            expect(visible(html)).toBe(`${hasPoster ? "" : label}▶ Audio${text}`.replace(/\s+/g, ""));
          } else {
            expect(elements(html, "video")).toEqual([
              {
                controls: "",
                src: shown,
                width: "720",
                height: "1280",
                ...(hasPoster && { poster: writtenAddress(`${film}.jpg`) }),
              },
            ]);
            expect(elements(html, "audio")).toEqual([{ controls: "", src: "https://example.org/a.mp3" }]);
            expect(visible(html)).toBe(text.replace(/\s+/g, ""));
            // To those who do not see it, on the pages of the generator.
            const [label] = elements(lines[0] ?? "", "video").map((each) => each["aria-label"]);
            expect(label ?? "").toBe(alt);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("in HTML is what readers see, too", () => {
    const html = fc.array(fc.tuple(typed, fc.constantFrom("p", "b", "pre", "h2")), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(html, (parts) => {
        const escaped = (text: string) =>
          text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "\n\n");
        const written = parts.map(([text, tag]) => `<${tag}>${escaped(text)}</${tag}>`).join("\n\n");
        const body = bodyOf({ form: "html", text: written }, contextOf(dialect));
        const flat = bodyOf({ form: "html", text: written.replace(/\s*\n\s*/g, "\n") }, contextOf(dialect));
        expect(contentOfBody(flat, false)).toEqual({ html: written.replace(/\s*\n\s*/g, "\n") });
        const { post } = parsePost(KEYS[dialect], fileFor(dialect, body), site);
        if (!post) throw new Error("no post");
        expect(visible(renderEntry(post).html)).toBe(parts.map(([text]) => text.replace(/\s+/g, "")).join(""));
      }),
      { numRuns: 200 },
    );
  });

  test("comes back as it was typed", () => {
    fc.assert(
      fc.property(fc.oneof(typed, anyText, fc.string({ unit: "binary" })), (text) => {
        const body = bodyOf({ form: "text", text }, contextOf(dialect));
        const written = xmlSafe(text.toWellFormed())
          .replace(/^(?:[ \t]*\n)+/, "")
          .trimEnd();
        expect(contentOfBody(body, false)).toBe(written);
      }),
      { numRuns: 300 },
    );
  });

  test("is left as it is by an update that sends it back", () => {
    fc.assert(
      fc.property(fc.oneof(typed, anyText), (text) => {
        const body = bodyOf({ form: "text", text }, contextOf(dialect));
        const back = contentOfBody(body, false);
        if (typeof back !== "string") return;
        expect(bodyOf({ form: "text", text: back }, contextOf(dialect), body)).toBe(body);
      }),
      { numRuns: 200 },
    );
  });

  test("has the title, the summary and the tags that were typed, whatever they are", () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 5 }), anyText, (name, category, summary) => {
        const said = postedOf(
          new Map([
            ["name", [`t${name}`]],
            ["category", category],
            ["summary", [`s${summary}`]],
          ]),
          "UTC",
        );
        const posted = { ...said, published: "2026-05-01T00:00:00Z" };
        const text = fileText(fieldsOf(posted, dialect, "UTC"), "text", WRITERS[dialect].form);
        const bytes = new TextEncoder().encode(text);
        const { post, problems } = parsePost(KEYS[dialect], bytes, site);
        expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(post?.title).toBe(posted.title);
        expect(post?.tags).toEqual(posted.tags);
        // What reads YAML for most generators has the same.
        if (WRITERS[dialect].form === "yaml")
          expect(printed(matter(text, {}).data["title"], dialect)).toBe(posted.title);
        const found = propertiesOf(readPostFile(KEYS[dialect], bytes, site), site);
        expect(found.get("summary")).toEqual([posted.summary]);
      }),
      { numRuns: 300 },
    );
  });
});
