/** Ids that are minted. */
import { expect, test } from "vitest";
import { mintPodcastGuid } from "../../lib/state/ids.ts";

test("a podcast's guid is the UUIDv5 of its feed's address without the scheme", () => {
  // The example of the podcast namespace's own specification.
  expect(mintPodcastGuid("https://mp3s.nashownotes.com/pc20rss.xml")).toBe("917393e3-1b1e-5cef-ace4-edaa54e1f810");
});
