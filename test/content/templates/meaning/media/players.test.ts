import { describe, expect, test } from "vitest";
import { expand, messagesOf, shown, thumbnail } from "../../posts.ts";

const link = (url: string, label: string) => `<a href="${url}">${label}</a>`;

describe("the id of a film is no file", () => {
  test.each([
    ['{% include video.html id="abcdefghijk" %}', thumbnail("abcdefghijk")],
    ['{% include video.html id="123" provider="vimeo" %}', link("https://vimeo.com/123", "Vimeo")],
    [
      '{% include video.html id="BV1ab" provider="bilibili" %}',
      link("https://www.bilibili.com/video/BV1ab/", "Bilibili"),
    ],
    ['{% include video.html id="a/b.mp4" %}', '<video src="a/b.mp4" controls></video>'],
  ])("%s", (markdown, text) => expect(shown("jekyll", markdown)).toBe(text));

  test("by itself it says nothing", () => {
    const { markdown, warnings } = expand("jekyll", '{% include video.html id="abc" %}');
    expect(markdown).toBe("");
    expect(messagesOf(warnings)).toEqual(['1: {% include video.html id="abc" %} names a file that feeds do not read']);
    expect(messagesOf(expand("hugo", "{{< video abc >}}").warnings)).toEqual([
      "1: {{< video abc >}} is not known to feeds",
    ]);
    expect(shown("hugo", "{{< video src=abc >}}")).toBe('<video src="abc" controls></video>');
  });
});
