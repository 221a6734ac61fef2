/** How uploads read a server's replies, from a server that replies as the test wants. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { s3Uploads } from "../../lib/stores/s3/uploads.ts";
import { StoreConflict, StoreUnknown } from "../../lib/stores/store.ts";
import type { Uploads } from "../../lib/stores/uploads.ts";
import { type Answer, AWS_ENVIRONMENT, type Served, serve } from "../support/loopback.ts";

const UPLOAD = { key: "media/a.mp4", id: "upload" };
const PARTS = [{ number: 1, size: 10, etag: "e" }];

let server: Served;
let uploads: Uploads;
let answers: Answer[];

const error = (status: number, code: string): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<Error><Code>${code}</Code><Message>m</Message></Error>`,
});

const DONE: Answer = {
  headers: { "content-type": "application/xml" },
  body: "<CompleteMultipartUploadResult><Bucket>bucket</Bucket><Key>p/media/a.mp4</Key><ETag>&quot;e-1&quot;</ETag></CompleteMultipartUploadResult>",
};

beforeEach(async () => {
  Object.assign(process.env, AWS_ENVIRONMENT);
  answers = [];
  server = await serve(() => answers.shift() ?? error(400, "InvalidRequest"));
  uploads = s3Uploads({ bucket: "bucket", prefix: "p/", endpoint: server.origin });
});

afterEach(() => server.close());

test("completes under the condition that nothing is there, and without it where a server knows none", async () => {
  answers = [DONE];
  await uploads.complete(UPLOAD, PARTS);
  answers = [{ ...error(501, "NotImplemented"), headers: { "not-aws": "servers without conditions" } }, DONE];
  await uploads.complete(UPLOAD, PARTS);
  expect(server.asked.map(({ headers }) => headers["if-none-match"])).toEqual(["*", "*", undefined]);
});

test.each([
  [412, "PreconditionFailed"],
  [404, "NoSuchUpload"],
])("%i %s of a complete is a conflict", async (status, code) => {
  answers = [error(status, code)];
  await expect(uploads.complete(UPLOAD, PARTS)).rejects.toThrow(StoreConflict);
});

test("a complete that fails after its 200 has begun is no success", async () => {
  // The model has no errors with 200: the documentation of CompleteMultipartUpload has.
  const late = { ...error(200, "InternalError"), headers: { "not-aws": "S3, by its documentation alone" } };
  answers = Array.from({ length: 3 }, () => late);
  await expect(uploads.complete(UPLOAD, PARTS)).rejects.toThrow(StoreUnknown);
});

test("parts of several pages are all seen", async () => {
  const page = (from: number, more: string): Answer => ({
    headers: { "content-type": "application/xml" },
    body: `<ListPartsResult>${more}<Part><PartNumber>${from}</PartNumber><Size>5</Size><ETag>&quot;e${from}&quot;</ETag></Part></ListPartsResult>`,
  });
  answers = [
    page(1, "<NextPartNumberMarker>1</NextPartNumberMarker><IsTruncated>true</IsTruncated>"),
    page(2, "<IsTruncated>false</IsTruncated>"),
  ];
  expect(await uploads.parts(UPLOAD)).toEqual([
    { number: 1, size: 5, etag: "e1" },
    { number: 2, size: 5, etag: "e2" },
  ]);
  expect(server.asked[1]?.path).toContain("part-number-marker=1");
});
