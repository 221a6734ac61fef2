/** The part of CloudFront's API that `announce` uses; an invalidation is completed when it is created. */
import { type Served, serve } from "../../support/loopback.ts";

export async function openCloudfront(invalidate: (paths: readonly string[]) => Promise<void>): Promise<Served> {
  return serve(async ({ body }) => {
    const paths = [...body.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, path = ""]) => path);
    await invalidate(paths);
    const reply =
      '<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I1</Id>' +
      "<Status>Completed</Status><CreateTime>2026-01-01T00:00:00Z</CreateTime><InvalidationBatch><Paths><Quantity>0</Quantity></Paths>" +
      "<CallerReference>x</CallerReference></InvalidationBatch></Invalidation>";
    return { status: 201, headers: { "content-type": "text/xml" }, body: reply };
  });
}
