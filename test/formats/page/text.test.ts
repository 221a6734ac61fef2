import { expect, test } from "vitest";
import { shorten } from "../../../lib/formats/page/text.ts";

test.each([
  ["fits", "short words", 40, "short words"],
  ["is too long is cut between words", "the leak keeps two drops apart", 20, "the leak keeps two…"],
  ["is too long is cut at the end of a word", "the leak keeps", 8, "the leak…"],
  ["is one long word is cut within it", "a".repeat(50), 10, `${"a".repeat(10)}…`],
  ["is Chinese is cut between characters", "水流过来的时候，二叔不说话", 6, "水流过来的时…"],
  ["never ends in half an emoji", "👩‍🌾👩‍🌾👩‍🌾👩‍🌾", 5, "👩‍🌾👩‍🌾…"],
])("a text that %s", (_, text, characters, shown) => expect(shorten(text, characters)).toBe(shown));
