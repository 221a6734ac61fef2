/** Whatever one object of the state store holds: never a wrong byte, never another id, and one command gets out of it. */
import { expect, test } from "vitest";
import { failuresOf, sampleCases } from "./cases.ts";
import { woundedSite } from "./site.ts";

/** Another seed gives another sample: `npm run test:damage -- 250 2`. */
const SEED = 1;

test(`an object of the state store that is damaged publishes nothing wrong and changes no id, and one command repairs it (seed ${SEED})`, async () => {
  const wounded = await woundedSite();
  const kinds = [...wounded.state.keys()].map((key) => key.replace(/[/.].*/, ""));
  expect([...new Set(kinds)]).toEqual(["adopted", "announcing", "catalogs", "entries", "head", "intents"]);
  const waysOut = new Set<string | undefined>();
  const failures = await failuresOf(wounded, sampleCases(wounded, 200, SEED), (wayOut) => waysOut.add(wayOut));
  expect(failures).toEqual([]);
  expect([...waysOut].toSorted()).toEqual(["ids import <file> --force", "publish --rebuild", undefined]);
});
