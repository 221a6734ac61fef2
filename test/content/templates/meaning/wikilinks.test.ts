import { describe, expect, test } from "vitest";
import { DIALECTS, expand, shown } from "../posts.ts";

describe("what ![[…]] shows", () => {
  test.each([
    ["![[gauge.png]]", "![gauge](gauge.png)"],
    ["![[a/gauge 2 (1).png|300]]", "![gauge 2 (1)](<a/gauge 2 (1).png>)"],
    ["![[gauge.png|The gauge|300x200]]", "![The gauge](gauge.png)"],
    ["| ![[gauge.png\\|300]] |", "| ![gauge](gauge.png) |"],
    ["![[spring flow.mp3]]", '<audio src="spring%20flow.mp3" controls></audio>'],
    ["a ![[weir.mp4|The weir]] b", 'a <video src="weir.mp4" controls title="The weir"></video> b'],
    ["![[map.pdf]]", '<a href="map.pdf">map.pdf</a>'],
    ["![[map.pdf#page=3|The map]]", '<a href="map.pdf">The map</a>'],
    ["![[weir.mkv]]", '<a href="weir.mkv">weir.mkv</a>'],
    ["![[https://example.org/a]]", '<a href="https://example.org/a">https://example.org/a</a>'],
    ["![[hello]]", "[hello](https://example.org/blog/hello/)"],
    ["![[hello|Hi]]", "[Hi](https://example.org/blog/hello/)"],
    ["![[#Numbers]]", "Numbers"],
    ["![[#^a1]]", "a1"],
  ])("%j", (markdown, text) => {
    for (const dialect of DIALECTS) expect(shown(dialect, markdown)).toBe(text);
  });

  test.each(DIALECTS)("a note that is not there is its name: %s", (dialect) => {
    expect(expand(dialect, "a ![[The lower field#^b]] ![[1999 (dry)]]").markdown).toBe("a The lower field 1999 (dry)");
  });

  test("what is none is text", () => {
    for (const text of ["![[1]](a.png)", "\\![[a b]](c)", "![[ ]]", "`![[a.png]]`"])
      expect(shown("plain", text)).toBe(text);
  });
});
