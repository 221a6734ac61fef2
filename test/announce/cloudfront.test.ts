/** Invalidations of more paths than CloudFront takes at once. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cloudfront } from "../../lib/announce/cloudfront.ts";
import { AWS_ENVIRONMENT, type Served, serve } from "../support/loopback.ts";

let api: Served;
const batches: (readonly string[])[] = [];
const references: string[] = [];
/** How many of the invalidations are in progress. */
let open = 0;

beforeEach(async () => {
  batches.length = 0;
  references.length = 0;
  open = 0;
  api = await serve(({ method, body }) => {
    if (method === "POST") {
      open += 1;
      batches.push([...body.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, path = ""]) => path));
      references.push(/<CallerReference>([^<]*)/.exec(body)?.[1] ?? "");
    } else open -= 1;
    expect(open).toBeLessThanOrEqual(1);
    const state = method === "POST" ? "InProgress" : "Completed";
    return {
      status: method === "POST" ? 201 : 200,
      headers: { "content-type": "text/xml" },
      body: `<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I1</Id><Status>${state}</Status><CreateTime>2026-01-01T00:00:00Z</CreateTime><InvalidationBatch><Paths><Quantity>0</Quantity></Paths><CallerReference>x</CallerReference></InvalidationBatch></Invalidation>`,
    };
  });
  for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFRONT", api.origin);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await api.close();
});

test("More than fifteen prefixes, or three thousand files, are invalidated one part after another, each under a reference of its own.", async () => {
  const cdn = cloudfront({ distribution: "E1", wait: async () => undefined });
  const prefixes = Array.from({ length: 20 }, (_, i) => `/channel-${i}/*`);
  const files = Array.from({ length: 3_100 }, (_, i) => `/${i}.xml`);
  await cdn.invalidate([...prefixes, ...files], "r", new AbortController().signal);
  expect(batches.flat()).toEqual([...prefixes, ...files]);
  for (const batch of batches) {
    expect(batch.filter((path) => path.endsWith("*")).length).toBeLessThanOrEqual(15);
    expect(batch.length).toBeLessThanOrEqual(3_000);
  }
  expect(new Set(references).size).toBe(batches.length);
  expect([batches.length, open]).toEqual([3, 0]);
});
