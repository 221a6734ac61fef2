/** Media in a text, served under another base. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeFeedSafe } from "../../../lib/content/html/html.ts";
import { withMediaAt } from "../../../lib/content/html/readdressed.ts";
import { mediaBaseOf } from "../../../lib/site/media.ts";

const POST = "https://example.com/2024/hello/";
const media = mediaBaseOf({ url: "https://example.com/", media: "https://cdn.example/" });
const served = (html: string) => withMediaAt(makeFeedSafe(html, POST).html, media);

describe("media in a text", () => {
  test.each([
    ['<img src="/media/a.png" alt="a">', 'src="https://cdn.example/media/a.png"'],
    ['<p><a href="/media/a.pdf?x=1&amp;y=2">a</a></p>', 'href="https://cdn.example/media/a.pdf?x=1&amp;y=2"'],
    ['<img alt="&quot;>" src="../../media/水 闸.png">', 'src="https://cdn.example/media/%E6%B0%B4%20%E9%97%B8.png"'],
    [
      '<img src="/a.png" srcset="/media/a.png 480w, /media/b.png 800w" alt="">',
      'srcset="https://cdn.example/media/a.png 480w, https://cdn.example/media/b.png 800w"',
    ],
    ['<p><audio src="/media/a.mp3" controls></audio></p>', "https://cdn.example/media/a.mp3"],
    ['<video poster="/media/a.jpg"><source src="/media/a.mp4"></video>', "https://cdn.example/media/a.mp4"],
  ])("%s: %s", (html, expected) => expect(served(html)).toContain(expected));

  test("leaves other addresses, and the words, as they are", () => {
    const html = `<p><a href="/about/">x</a> <code>src="https://example.com/media/a.png"</code></p>
<pre><code>&lt;img src="https://example.com/media/a.png"&gt;
</code></pre>`;
    expect(served(html)).toBe(makeFeedSafe(html, POST).html);
  });

  test("changes nothing but the beginnings of addresses, whatever the text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        '<img src="/media/a.png">',
        'src="https://example.com/media/',
        "<p>",
        "<a href='/media/x'>",
        '"',
        ">",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { html } = makeFeedSafe(pieces.join(""), POST);
        const moved = withMediaAt(html, media);
        const back = mediaBaseOf({ url: "https://cdn.example/", media: "https://example.com/" });
        expect(withMediaAt(moved, back)).toBe(html);
        expect(makeFeedSafe(moved, POST).html).toBe(moved);
      }),
    );
  });
});
