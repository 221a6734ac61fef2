/** What a prepared finding depends on, tried on every post of the golden folders. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { postMatcher } from "../../../../lib/publish/scan/keys.ts";
import { openOthers } from "../../../../lib/publish/scan/others.ts";
import { isPreparedFinding } from "../../../../lib/publish/scan/prepared/findingguard.ts";
import { isOfAnyDate, preparedIn } from "../../../../lib/publish/scan/prepared/prepared.ts";
import { readKeys } from "../../../../lib/publish/scan/read.ts";
import { slowPosts } from "../../../../lib/publish/scan/slow.ts";
import { parseSite } from "../../../../lib/site/site.ts";
import { folderStore } from "../../../../lib/stores/folder.ts";
import { openTimeLimit } from "../../../../lib/workers/timelimit.ts";

const GOLDEN = "test/golden";

async function postsOf(folder: string) {
  const content = folderStore(join(GOLDEN, folder));
  const read = parseSite(readFileSync(join(GOLDEN, folder, "site.yaml")), "content", 2026);
  if (!read.ok) return undefined;
  const { site } = read;
  const keys: string[] = [];
  for await (const { key } of content.list("")) if (postMatcher(site)(key)) keys.push(key);
  const given = { content, site, slow: slowPosts(openTimeLimit()), others: openOthers(content), log: () => undefined };
  const readAs = (published: string | undefined) => readKeys({ ...given, publishedOf: () => published }, keys);
  const [unknown, known] = [await readAs(undefined), await readAs("2019-01-01T00:00:00Z")];
  const input = { slow: given.slow, publishedOf: () => undefined };
  return {
    unknown: unknown.findings,
    known: known.findings,
    prepared: [...preparedIn(input, unknown.findings, () => undefined)],
  };
}

const folders = readdirSync(GOLDEN).filter((name) => readdirSync(join(GOLDEN, name)).includes("site.yaml"));

test("a finding that counts for any date is the same whenever readers got the post, and others there are, too", async () => {
  let [ofAny, ofOne] = [0, 0];
  for (const folder of folders) {
    const posts = await postsOf(folder);
    for (const [key, finding] of posts?.unknown ?? []) {
      if (finding.gone) continue;
      if (!isOfAnyDate({ key, finding })) {
        ofOne += 1;
        continue;
      }
      ofAny += 1;
      expect([folder, key, posts?.known.get(key)]).toEqual([folder, key, finding]);
    }
  }
  expect(ofAny).toBeGreaterThan(100);
  expect(ofOne).toBeGreaterThan(3);
});

test("a prepared finding is the same when it is read back, and has the shape that it should have", async () => {
  for (const folder of folders) {
    for (const finding of (await postsOf(folder))?.prepared ?? []) {
      const back: unknown = JSON.parse(JSON.stringify(finding));
      expect([folder, finding.key, isPreparedFinding(back), back]).toStrictEqual([folder, finding.key, true, finding]);
    }
  }
});
