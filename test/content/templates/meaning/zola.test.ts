import { describe, expect, test } from "vitest";
import { expand, messagesOf, shown, thumbnail } from "../posts.ts";

const zola = (markdown: string) => shown("zola", markdown);

describe("how a shortcode is written", () => {
  test.each([
    ["{{ kbd(text=\"A\") }} {{kbd(text='A')}} {{ kbd ( text = `A` ) }}", "<kbd>A</kbd> <kbd>A</kbd> <kbd>A</kbd>"],
    ['{{ img(\n  src="/a.png",\n  alt="b }}",\n  width=300, lazy=true) }}', "![b }}](/a.png)"],
    ["{% mark() %}a {{ kbd(text='B') }}{% end %}", "<mark>a <kbd>B</kbd></mark>"],
    ["{% mark() %}a{% mark() %}b{% end %}{%end%}", "<mark>a<mark>b</mark></mark>"],
    ["{% code(lang='js') %}\n{{ kbd(text='A') }}\n{% end %}", "```js\n{{ kbd(text='A') }}\n```"],
    ["{{ toc() }}a", "a"],
    ['{{/* youtube(id="a") */}}', '{{ youtube(id="a") }}'],
    ['{%/* quote() */%}\na {{ kbd(text="A") }}\n{%/* end */%}', '{% quote() %}\na {{ kbd(text="A") }}\n{% end %}'],
  ])("%s", (markdown, text) => expect(zola(markdown)).toBe(text));

  test.each([
    "{{ a }}",
    "{{ page.title }}",
    "{% raw %}",
    "{{ a(b }}",
    "{{ 1() }}",
    "{{< figure >}}",
    "{# a #}",
    "{% a(",
  ])("%s is text", (markdown) => expect(zola(`${markdown} b`)).toBe(`${markdown} b`));

  test("in code it is text, and shown without the marks that escape it", () => {
    expect(zola('```\n{{ youtube(id="a") }}\n{{/* b() */}} {%/* end */%}\n```')).toBe(
      '```\n{{ youtube(id="a") }}\n{{ b() }} {% end %}\n```',
    );
    expect(zola('`{{ youtube(id="a") }}`')).toBe('`{{ youtube(id="a") }}`');
  });
});

describe("shortcodes have the names that they have elsewhere", () => {
  test.each([
    ['{{ youtube(id="dQw4w9WgXcQ", autoplay=true) }}', thumbnail("dQw4w9WgXcQ")],
    ['{{ vimeo(id="76979871") }}', '<a href="https://vimeo.com/76979871">Vimeo</a>'],
    [
      '{{ figure(src="/a.png", alt="b", caption="c") }}',
      '<figure><img src="/a.png" alt="b"><figcaption>c</figcaption></figure>',
    ],
    ['{% quote(author="Ada") %}\na **b**\n{% end %}', "<blockquote>\n\na **b**\n\n— Ada\n\n</blockquote>"],
  ])("%s", (markdown, text) => expect(zola(markdown)).toBe(text));

  test("of one that is not known the body stays, which is told", () => {
    const { markdown, warnings } = expand("zola", 'a\n\n{% mine(b="c") %}\n*d*\n{% end %}\n\n{{ other() }}e {% end %}');
    expect(markdown).toBe("a\n\n*d*\n\ne ");
    expect(messagesOf(warnings)).toEqual([
      '3: {% mine(b="c") %} is not known to feeds',
      "7: {{ other() }} is not known to feeds",
      "7: {% end %} closes nothing",
    ]);
  });
});
