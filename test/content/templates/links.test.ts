import { describe, expect, test } from "vitest";
import { expandTemplates } from "../../../lib/content/templates/expand.ts";
import { contextOf, expand, messagesOf } from "./posts.ts";

describe("links whose target is not known lose it and keep their text", () => {
  test.each([
    ["[text]({% post_url gone %})", "text"],
    ["[*a* `b` [c]]({% post_url gone %}#part)", "*a* `b` [c]"],
    ["[text]({% post_url gone %} 'title') [b](/b)", "text [b](/b)"],
    ["[text](<{% post_url gone %}>)", "text"],
    ["![alt]({% post_url gone %})", "alt"],
    ["[![alt](/a.png)]({% post_url gone %})", "![alt](/a.png)"],
    ["[one][x], [x], [x][] and [y]\n\n[x]: {% post_url gone %}\n[y]: /y", "one, x, x and [y]\n\n\n[y]: /y"],
    ['<a class="b" href="{% post_url gone %}">text</a>', "text"],
    ["<{% post_url gone %}> b", " b"],
  ])("%s", (markdown, text) => {
    const { markdown: written, warnings } = expand("jekyll", markdown);
    expect([written, ...messagesOf(warnings)]).toEqual([text]);
  });

  test("nobody can tell without being given the posts", () => {
    const markdown = "[a]({% post_url 2014-01-05-hello %})";
    expect(expandTemplates(markdown, contextOf("jekyll")).markdown).toBe("a");
  });
});
