/** Ids that are minted. */
import { expect, test } from "vitest";
import { channelId, givenId, mintPodcastGuid } from "../../lib/state/ids.ts";
import { expectLinear } from "../support/growth.ts";

test("a podcast's guid is the UUIDv5 of its feed's address without the scheme", () => {
  // The example of the podcast namespace's own specification.
  expect(mintPodcastGuid("https://mp3s.nashownotes.com/pc20rss.xml")).toBe("917393e3-1b1e-5cef-ace4-edaa54e1f810");
});

test("slashes at the end of a podcast's address do not count, and many within it cost little", () => {
  const guid = mintPodcastGuid("https://example.com/feed");
  expect(["feed/", "feed//"].map((path) => mintPodcastGuid(`http://example.com/${path}`))).toEqual([guid, guid]);
  expectLinear((size) => () => mintPodcastGuid(`https://example.com${"/".repeat(size)}feed`));
});

test("a post that gives the id of a feed gets one of its own, and any other URI stays byte for byte", () => {
  const authority = { authority: "example.com", since: 2020 };
  const feed = channelId("site", authority);
  expect(givenId(feed, authority)).toBe(`tag:example.com,2020:id:${encodeURIComponent(feed)}`);
  expect(givenId("tag:example.com,2020:posts/a", authority)).toBe("tag:example.com,2020:posts/a");
});
