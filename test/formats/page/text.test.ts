import { expect, test } from "vitest";
import { shorten } from "../../../lib/formats/page/text.ts";

test.each([
  ["fits", "short words", 40, "short words"],
  ["is cut between words", "the leak keeps two drops apart", 20, "the leak keeps two…"],
  ["is cut where a word ends", "the leak keeps", 8, "the leak…"],
  ["of one long word is cut within it", "a".repeat(50), 10, `${"a".repeat(10)}…`],
  ["in Chinese is cut between characters", "水流过来的时候，二叔不说话", 6, "水流过来的时…"],
  ["never ends in half an emoji", "👩‍🌾👩‍🌾👩‍🌾👩‍🌾", 5, "👩‍🌾👩‍🌾…"],
])("a text that %s", (_, text, characters, shown) => expect(shorten(text, characters)).toBe(shown));
