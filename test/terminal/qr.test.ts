/** QR codes in a terminal. */
import { expect, test } from "vitest";
import { qrLines } from "../../lib/terminal/qr.ts";
import { readCode } from "../support/qr.ts";

const LINK = "https://feeds.example.com/write/#code=ABCDE-FGHJK-MNPQR-STVWX";

/** The terminal as a picture: four dots each way for a module; `ink` is what blocks are drawn in. */
function read(lines: readonly string[], ink: number): string | undefined {
  const rows = lines.flatMap((line) =>
    [[..."▀█"], [..."▄█"]].map((filled) => [...line].map((char) => filled.includes(char))),
  );
  const width = (rows[0]?.length ?? 0) * 4;
  const data = rows.flatMap((row) =>
    Array.from({ length: 4 }, () =>
      row.flatMap((on) => Array.from({ length: 4 }, () => [...dot(on ? ink : 255 - ink)])),
    ),
  );
  return readCode(Uint8ClampedArray.from(data.flat(2)), width, rows.length * 4)?.data;
}
const dot = (value: number) => [value, value, value, 255];

test("a phone reads it, from a dark terminal and from a light one", () => {
  const lines = qrLines(LINK);
  expect([read(lines, 255), read(lines, 0)]).toEqual([LINK, LINK]);
});
