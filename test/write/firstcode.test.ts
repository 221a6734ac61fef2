/** The way in for the first device, and how a terminal shows it. */
import { expect, test } from "vitest";
import { showFirstCode } from "../../lib/terminal/firstcode.ts";
import { firstCode, type GivesCodes } from "../../lib/write/firstcode.ts";

const CODE = "ABCDE-FGHJK-MNPQR-STVWX";
const expires = new Date("2026-12-02T08:00:00Z");
const signIn = (devices: boolean): GivesCodes & { readonly made: object[] } => {
  const made: object[] = [];
  return {
    made,
    hasDevices: async () => devices,
    async newCode(whom) {
      made.push(whom);
      return { code: CODE, expires };
    },
  };
};

test("there is a code for the owner, for a day, as long as no device is registered", async () => {
  const none = signIn(false);
  expect(await firstCode(none, "https://feeds.example.com")).toEqual({
    ...{ link: `https://feeds.example.com/write/#code=${CODE}`, code: CODE, expires },
  });
  expect(none.made).toEqual([{ role: "owner", seconds: 86_400 }]);
  const some = signIn(true);
  expect([await firstCode(some, "https://feeds.example.com"), some.made]).toEqual([undefined, []]);
});

test("it is shown as a link, a code and a picture for a phone; without the picture where it does not fit", () => {
  const shown = { link: `https://feeds.example.com/write/#code=${CODE}`, code: CODE, expires };
  const lines = showFirstCode(shown, 100).split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "nobody may write yet: open the link on your phone; it counts once, until 2026-12-02 08:00 UTC",
    `  link  https://feeds.example.com/write/#code=${CODE}`,
    `  code  ${CODE}`,
  ]);
  expect(lines.length).toBeGreaterThan(15);
  const wide = Math.max(...lines.slice(3).map((line) => line.length));
  for (const columns of [undefined, wide - 1]) expect(showFirstCode(shown, columns).split("\n")).toHaveLength(3);
  expect(showFirstCode(shown, wide).split("\n")).toHaveLength(lines.length);
  const here = { ...shown, link: `http://localhost:4100/write/#code=${CODE}` };
  expect(showFirstCode(here, 100)).toMatch(
    /^nobody may write yet: open the link in a browser of this machine;.*\n.*\n.*$/,
  );
});
