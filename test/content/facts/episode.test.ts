/** Episodes of a podcast. */
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../lib/content/entry.ts";
import type { Episode } from "../../../lib/model.ts";
import { brief, parseWith, postOf, postWith, siteOf } from "../helpers.ts";

const AUDIO = "audio: { url: https://cdn.example/a.mp3, length: 3 }";
const episodeOf = (more: string): Episode | undefined => postWith(`${AUDIO}\n${more}`).episode;
const episode = (facts: Partial<Episode>): Episode => ({ transcripts: [], persons: [], ...facts });

describe("an episode", () => {
  test.each([
    ["episode: 3\nseason: 1", { number: 3, season: 1 }],
    ["episode_number: 03", { number: 3 }],
    ["itunes_episode: EP12", { number: 12 }],
    ["episode: 第12期", { number: 12 }],
    ["episode: { number: 3, season: 2, type: Bonus }", { number: 3, season: 2, type: "bonus" as const }],
    ["episodeType: trailer", { type: "trailer" as const }],
    ["episode_type: full\nexplicit: yes", { type: "full" as const, explicit: true }],
    ["explicit: clean", { explicit: false }],
    ["subtitle: In short", { subtitle: "In short" }],
  ])("is understood: %j", (more, facts) => {
    const result = parseWith(`${AUDIO}\n${more}`);
    expect(postOf(result).episode).toEqual(episode(facts));
    expect(result.problems).toEqual([]);
  });

  test.each(["episode: 3\nseason: 1\nexplicit: maybe", "subtitle: In short\nguests: [Ann]", "chapters: 12"])(
    "is none of a post without a recording: %j",
    (more) => {
      const result = parseWith(more);
      expect(postOf(result).episode).toBeUndefined();
      expect(result.problems).toEqual([]);
    },
  );

  test("is none without a fact of it; `number` alone is not one", () => {
    expect(episodeOf("x: 1")).toBeUndefined();
    expect(episodeOf("number: 7")).toBeUndefined();
  });

  test.each(["episode: the third", "season: -1", "episode_type: long", "explicit: maybe", "episode: 1.5"])(
    "%j is a warning with its line",
    (more) => {
      const result = parseWith(`${AUDIO}\n${more}`);
      expect(postOf(result).episode).toBeUndefined();
      expect(brief(result.problems)).toEqual(["media-unclear:5"]);
    },
  );

  test.each([
    ["/a.vtt", "text/vtt"],
    ["/a.srt", "application/x-subrip"],
    ["/a.json", "application/json"],
    ["/a.html", "text/html"],
    ["/a.txt", "text/plain"],
    ["/transcripts/a/", "text/html"],
  ])("has the transcript %s, which is %s", (path, type) => {
    const transcripts = [{ url: `https://example.org${path}`, type }];
    expect(episodeOf(`transcript: ${path}`)?.transcripts).toEqual(transcripts);
  });

  test("has several transcripts, with their languages", () => {
    expect(
      episodeOf("transcripts: [{ url: /a.vtt, language: zh }, { src: /b, type: text/plain }]")?.transcripts,
    ).toEqual([
      { url: "https://example.org/a.vtt", type: "text/vtt", language: "zh" },
      { url: "https://example.org/b", type: "text/plain" },
    ]);
  });

  test("has no transcript where the text itself is given", () => {
    expect(episodeOf("transcript: Hello and welcome, everybody")).toBeUndefined();
  });

  test("has chapters in a file; a list of them is none", () => {
    const chapters = { url: "https://example.org/c.json", type: "application/json+chapters" };
    expect(episodeOf("chapters: /c.json")?.chapters).toEqual(chapters);
    expect(episodeOf("chapters: ['00:00 Intro']")).toBeUndefined();
  });

  test("has persons, named or described, each once", () => {
    const site = siteOf({ authors: { ann: { name: "Ann Field", url: "https://ann.example/" }, bo: { name: "Bo" } } });
    const more = `${AUDIO}
hosts: [ann]
guests:
  - Li 李
  - { name: Kim, role: Editor, group: Writing, img: /kim.png, href: https://kim.example }
  - Li 李`;
    expect(postWith(more, { site }).episode?.persons).toEqual([
      { name: "Ann Field", role: "host", url: "https://ann.example/" },
      { name: "Li 李", role: "guest" },
      {
        ...{ name: "Kim", role: "editor", group: "writing" },
        ...{ image: "https://example.org/kim.png", url: "https://kim.example/" },
      },
    ]);
  });

  test("is in the entry", () => {
    const post = postWith(`${AUDIO}\nepisode: 3`);
    expect(renderEntry(post).episode).toEqual(episode({ number: 3 }));
  });
});
