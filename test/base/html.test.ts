/** The `html` tag: text is escaped exactly once, wherever it is inserted. */
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { type Html, html, join, raw, sourceOf } from "../../lib/base/html.ts";
import { anyText } from "../support/nasty.ts";

interface Read {
  readonly tags: readonly (readonly [name: string, attributes: { readonly [name: string]: string }])[];
  readonly text: string;
}

/** What an HTML parser reads. */
function read(markup: Html): Read {
  const tags: [string, { [name: string]: string }][] = [];
  let text = "";
  const parser = new Parser(
    {
      onopentag: (name, attributes) => tags.push([name, attributes]),
      ontext: (more) => {
        text += more;
      },
    },
    { decodeEntities: true },
  );
  parser.end(sourceOf(markup));
  return { tags, text };
}

const anyString = fc.oneof(
  anyText,
  fc.string({ unit: "binary" }),
  fc.constantFrom('"', "&amp;", "</p>", '"><b>', "{a}"),
);

describe("html", () => {
  test("escapes text, so that a parser reads back any string as it was given", () => {
    fc.assert(
      fc.property(anyString, anyString, (a, b) => {
        expect(read(html`<p>${a}<b>${b}</b></p>`)).toEqual({
          tags: [
            ["p", {}],
            ["b", {}],
          ],
          text: a + b,
        });
      }),
    );
  });

  test("escapes attributes, so that a parser reads back any string as it was given", () => {
    fc.assert(
      fc.property(anyString, anyString, (a, b) => {
        const markup = html`<a href="${a}" title="${a} (${b})" id="x">${b}</a>`;
        expect(read(markup)).toEqual({ tags: [["a", { href: a, title: `${a} (${b})`, id: "x" }]], text: b });
      }),
    );
  });

  test("escapes attributes that are made apart from their element", () => {
    fc.assert(
      fc.property(anyString, (text) => {
        const attributes = html` lang="${text}" dir="${text}"`;
        expect(read(html`<p${attributes}>${text}</p>`)).toEqual({ tags: [["p", { lang: text, dir: text }]], text });
      }),
    );
  });

  test("inserts HTML as it is, however deep it is nested: nothing is escaped twice", () => {
    fc.assert(
      fc.property(anyString, fc.nat(5), (text, depth) => {
        let markup = html`${text}`;
        for (let i = 0; i < depth; i++) markup = html`<b>${markup}</b>`;
        expect(read(markup)).toEqual({ tags: Array.from({ length: depth }, () => ["b", {}]), text });
      }),
    );
  });

  test("joins lists of text and HTML", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyString, fc.boolean())), (given) => {
        const parts = given.map(([text, isHtml]) => (isHtml ? html`<i>${text}</i>` : text));
        expect(read(html`${parts}`).text).toBe(given.map(([text]) => text).join(""));
        expect(read(join(parts, "<,>")).text).toBe(given.map(([text]) => text).join("<,>"));
      }),
    );
  });

  test("writes quotes as they are in text, as references in attributes", () => {
    expect(sourceOf(html`<p title="${'"&"'}">${'"&"'}</p>`)).toBe('<p title="&quot;&amp;&quot;">"&amp;"</p>');
    expect(sourceOf(html`<p>${"="}"${'"'}"</p>`)).toBe('<p>="""</p>');
  });

  test("inserts what is trusted as it is, and numbers", () => {
    expect(sourceOf(html`<style>${raw('a > b { content: "&" }')}</style>${404}`)).toBe(
      '<style>a > b { content: "&" }</style>404',
    );
  });

  test("refuses what it could not escape: HTML in an attribute, and attributes without double quotes", () => {
    expect(() => html`<p title="${html`<b>`}"></p>`).toThrow("an attribute holds text, not HTML");
    expect(() => html`<p title=${"a"}></p>`).toThrow("without double quotes");
    expect(() => html`<p title='${"a"}'></p>`).toThrow("without double quotes");
    expect(sourceOf(html`<a href="?a=${"b"}"></a>`)).toBe('<a href="?a=b"></a>');
  });

  test("takes nothing by its type but text, numbers and HTML", () => {
    const mistakes = () => [
      // @ts-expect-error
      html`${undefined}`,
      // @ts-expect-error
      html`${null}`,
      // @ts-expect-error
      html`${false}`,
      // @ts-expect-error
      html`${{ source: "<b>" }}`,
      // @ts-expect-error
      html`${[undefined]}`,
      // @ts-expect-error
      sourceOf("<b>"),
    ];
    expect(mistakes).toBeTypeOf("function");
  });
});
