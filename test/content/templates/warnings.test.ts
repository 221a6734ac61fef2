import { describe, expect, test } from "vitest";
import { expand, messagesOf } from "./posts.ts";

const asMdx = { isMdx: true };

describe("what is not known is taken away, and said", () => {
  test("a tag goes; two tags leave what stands between them", () => {
    const { markdown, warnings } = expand("hexo", "a {% foo bar %} b\n{% foo %}c {% kbd K %}{% endfoo %}\n");
    expect(markdown).toBe("a  b\nc <kbd>K</kbd>\n");
    expect(messagesOf(warnings)).toEqual(["1: {% foo bar %} is not known to feeds (2 times)"]);
    expect(warnings.map(({ code }) => code)).toEqual(["template-unknown"]);
  });

  test("blocks between its tags stay blocks", () => {
    expect(expand("hugo", "{{< foo >}}\n- a\n\n  b\n{{< /foo >}}\ntext").markdown).toBe("- a\n\n  b\n\ntext");
    expect(expand("astro", "<Foo>\n    **a**\n\n    - b\n</Foo>\n", asMdx).markdown).toBe("**a**\n\n- b\n");
  });

  test("once for each construct of a post, at its first line, with how often it is there", () => {
    const { warnings } = expand("hexo", "{% foo 1 %}{% foo 2 %}{% bar %}\n{% foo 3 %}\n{{ x }}\n{{ x }} {{ y }}");
    expect(messagesOf(warnings)).toEqual([
      "1: {% foo 1 %} is not known to feeds (3 times)",
      "1: {% bar %} is not known to feeds",
      "3: {{ x }} is not known to feeds (2 times)",
      "4: {{ y }} is not known to feeds",
    ]);
  });

  test("of one within another of its name the outer is the first", () => {
    expect(messagesOf(expand("jekyll", "{% foo 1 %}\n{% foo 2 %}a{% endfoo %}\n{% endfoo %}").warnings)).toEqual([
      "1: {% foo 1 %} is not known to feeds (2 times)",
    ]);
  });

  test("a file is reported once, whatever it is given", () => {
    const markdown = '{% include a.md b="1" %}\n{% include c.md %}\n{% include a.md b="2" %}';
    expect(messagesOf(expand("jekyll", markdown).warnings)).toEqual([
      '1: {% include a.md b="1" %} names a file that feeds do not read (2 times)',
      "2: {% include c.md %} names a file that feeds do not read",
    ]);
  });

  test("a long one is shortened", () => {
    const { warnings } = expand("hexo", `{% foo ${"long\n".repeat(30)} %}`);
    expect(warnings[0]?.message).toBe(
      "{% foo long long long long long long long long long long lo… is not known to feeds",
    );
  });

  test("an end without a beginning", () => {
    const { markdown, warnings } = expand("jekyll", "a {% endfoo %}b");
    expect(markdown).toBe("a b");
    expect(messagesOf(warnings)).toEqual(["1: {% endfoo %} closes nothing"]);
  });

  test("the line is the one on which it stands", () => {
    const { warnings } = expand(
      "hugo",
      "a\n\n{{< details x >}}\nb\n\n{{< foo\n  bar=1\n>}}\n{{< /details >}}\n```\n\n```\n{{< bar >}}",
    );
    expect(messagesOf(warnings)).toEqual([
      "6: {{< foo bar=1 >}} is not known to feeds",
      "13: {{< bar >}} is not known to feeds",
    ]);
  });
});
