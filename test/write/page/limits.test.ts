/** What the page says of a file as it is chosen, beside what the server takes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS, servedTypeOf, TYPE_NAMES, TYPES, typeNamed } from "../../../lib/micropub/media/types/kinds.ts";
import { faultOf, MAX_BYTES, propertyOf } from "../../../lib/write/page/client/media/limits.ts";

const PROPERTY = { image: "photo", audio: "audio", video: "video" } as const;

test("the page allows as many bytes as the server", () => {
  expect(MAX_BYTES).toEqual({ photo: LIMITS.image, video: LIMITS.video, audio: LIMITS.audio });
});

describe.each(TYPE_NAMES)("%s", (name) => {
  test("is taken by the page, as what it is, whatever button it was chosen by", () => {
    const type = servedTypeOf(TYPES[name]);
    expect(faultOf(PROPERTY[TYPES[name].kind], type, 1)).toBe(undefined);
    expect(propertyOf(type, "photo")).toBe(PROPERTY[TYPES[name].kind]);
  });
});

test("a sound or a video is taken by the page exactly if it is by the server", () => {
  const subtype = fc.constantFrom(
    ...[
      "mp4",
      "m4a",
      "x-m4a",
      "mp3",
      "mpeg",
      "ogg",
      "opus",
      "wav",
      "wave",
      "x-wav",
      "vnd.wave",
      "flac",
      "x-flac",
      "webm",
    ],
    ...["x-m4v", "quicktime", "x-matroska", "3gpp", "amr", "aac", "avi", "x-msvideo", "mp2t", "midi"],
  );
  fc.assert(
    fc.property(fc.constantFrom("audio", "video"), subtype, (kind, name) => {
      const type = `${kind}/${name}`;
      expect([type, faultOf("audio", type, 1)]).toEqual([type, typeNamed(type) ? undefined : "unreadable"]);
    }),
  );
});

test("a picture may be of any size, since it is drawn anew; an animation may not", () => {
  expect(faultOf("photo", "image/jpeg", 50_000_000)).toBe(undefined);
  expect(faultOf("photo", "image/gif", LIMITS.image)).toBe(undefined);
  expect(faultOf("photo", "image/gif", LIMITS.image + 1)).toBe("tooLarge");
  expect(faultOf("video", "video/mp4", LIMITS.video + 1)).toBe("tooLarge");
});
