/** A store in a bucket of S3, or of another server with S3's protocol. */
import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import {
  type _Object,
  DeleteObjectCommand,
  type DeleteObjectCommandInput,
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { present } from "../base/optional.ts";
import type { Etag } from "../model.ts";
import { probeConditions } from "./probe.ts";
import { s3Client } from "./s3/client.ts";
import { etagSpelling, unquoted } from "./s3/etags.ts";
import { conditionalFailure, deleteFailure, failure, statusOf } from "./s3/failures.ts";
import { nameOfBucket, type S3Options } from "./s3/options.ts";
import { assertKey, compareKeys, modifiedAt, type ObjectInfo, type Store, StoreConflict, StoreError } from "./store.ts";

/**
 * A store in a bucket of S3, or of another server with S3's protocol. Credentials are found as AWS's SDK finds them: in the environment, in
 * `~/.aws`, or from the machine. Throws a `TypeError` for a prefix without a slash at its end.
 */
export function s3Store({ bucket, prefix, ...server }: S3Options): Store {
  const { endpoint } = server;
  const name = nameOfBucket({ bucket, prefix });
  const etags = etagSpelling(endpoint === undefined);
  const failed = { name, endpoint };
  const client = s3Client(server);

  const store: Store = {
    name,

    // The name is new each time: two first runs at once would see each other's conditions fail.
    probe: () => probeConditions(store, `.dripfeed/probe-${randomUUID()}`, `the server ${endpoint ?? "of AWS"}`),

    async *list(keyPrefix) {
      let last: string | undefined;
      let token: string | undefined;
      do {
        const page = await client
          .send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: prefix + keyPrefix,
              EncodingType: "url", // XML 1.0 cannot carry every key
              ...present({ ContinuationToken: token }),
            }),
          )
          .catch((error) => {
            throw failure(failed, "list", keyPrefix, error);
          });
        for (const object of page.Contents ?? []) {
          const info = infoOf(object, prefix);
          if (!info || (last !== undefined && compareKeys(last, info.key) >= 0)) {
            throw new StoreError(
              name,
              "list",
              keyPrefix,
              "the server's listing is incomplete or out of order: try again, or take another server",
            );
          }
          last = info.key;
          yield info;
        }
        token = page.NextContinuationToken;
        if (page.IsTruncated && token === undefined) {
          throw new StoreError(
            name,
            "list",
            keyPrefix,
            "the server ended the listing early: try again, or take another server",
          );
        }
      } while (token !== undefined);
    },

    async get(key, known, maxBytes) {
      assertKey(name, "get", key);
      try {
        const object = { Bucket: bucket, Key: prefix + key };
        const reply = await (known === undefined
          ? client.send(new GetObjectCommand(object))
          : etags.get(known, (IfNoneMatch) => client.send(new GetObjectCommand({ ...object, IfNoneMatch }))));
        if (!reply.Body || reply.ETag === undefined)
          throw new Error(
            "the server sent no body or no ETag: check AWS_ENDPOINT_URL_S3, since a server of S3 sends both",
          );
        if (unquoted(reply.ETag) === known) {
          // It did not understand the condition.
          if (reply.Body instanceof Readable) reply.Body.destroy();
          return "unchanged";
        }
        return {
          body: await bodyOf(reply.Body, reply.ContentLength, maxBytes),
          etag: unquoted(reply.ETag),
          ...present({
            modified: reply.LastModified && modifiedAt(reply.LastModified),
            contentType: reply.ContentType,
            cacheControl: reply.CacheControl,
          }),
        };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        if (statusOf(error) === 304) return "unchanged";
        throw failure(failed, "get", key, error);
      }
    },

    async getPart(key, start, length) {
      assertKey(name, "get", key);
      const Range = `bytes=${start}-${start + length - 1}`;
      try {
        const reply = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + key, Range }));
        if (!reply.Body) throw new Error("the server sent no body: check AWS_ENDPOINT_URL_S3");
        // A server that does not know parts sends the whole.
        const skipped = reply.ContentRange === undefined ? start : 0;
        return (await bodyOf(reply.Body, reply.ContentLength, skipped + length)).subarray(skipped);
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        if (statusOf(error) === 416) return new Uint8Array(); // it ends before
        throw failure(failed, "get", key, error);
      }
    },

    async put(key, body, { contentType, cacheControl, ifMatch, ifAbsent }) {
      assertKey(name, "put", key);
      const put = (conditions: Pick<PutObjectCommandInput, "IfMatch" | "IfNoneMatch">) =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: prefix + key,
            Body: body,
            ContentType: contentType,
            ...present({ CacheControl: cacheControl }),
            ...conditions,
          }),
        );
      try {
        const reply = await (ifMatch === undefined
          ? put(ifAbsent ? { IfNoneMatch: "*" } : {})
          : etags.put(ifMatch, (IfMatch) => put({ IfMatch })));
        if (reply.ETag === undefined)
          throw new Error("the server sent no ETag: check AWS_ENDPOINT_URL_S3, since a server of S3 sends one");
        return unquoted(reply.ETag);
      } catch (error) {
        const isConditional = ifMatch !== undefined || ifAbsent === true;
        throw isConditional ? conditionalFailure(failed, key, error) : failure(failed, "put", key, error);
      }
    },

    async delete(key, { ifMatch } = {}) {
      assertKey(name, "delete", key);
      const remove = (conditions: Pick<DeleteObjectCommandInput, "IfMatch"> = {}) =>
        client.send(new DeleteObjectCommand({ Bucket: bucket, Key: prefix + key, ...conditions }));
      try {
        if (ifMatch === undefined) await remove();
        else if (endpoint === undefined) await remove({ IfMatch: ifMatch });
        else if (await isStill(key, ifMatch)) {
          await etags
            .delete(ifMatch, (IfMatch) => remove({ IfMatch }))
            .catch((error) => (REFUSED.has(statusOf(error) ?? 0) ? remove() : Promise.reject(error)));
        }
      } catch (error) {
        if (error instanceof NoSuchKey) return;
        const why = deleteFailure(failed, key, error);
        if (!(why instanceof StoreConflict) || (await isThere(key))) throw why;
      }
    },
  };

  /**
   * Looks directly before a delete: AWS honours its condition (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html),
   * and so does a recent Ceph (https://github.com/ceph/ceph/pull/63348), but MinIO ignores it (https://github.com/minio/minio/issues/21677),
   * and R2 has it for puts alone (https://developers.cloudflare.com/r2/api/s3/conditional-operations/).
   */
  async function isStill(key: string, etag: Etag): Promise<boolean> {
    const there = await store.get(key, etag, 0);
    if (typeof there === "object") throw new StoreConflict(name, "delete", key, "the object is another one");
    return there === "unchanged";
  }

  /** In a bucket with versions the mark of a delete that came first may fail the condition, and nothing is left to remove. */
  async function isThere(key: string): Promise<boolean> {
    return (await store.get(key, undefined, 0)) !== undefined;
  }

  return store;
}

/** By these a server says that it does not know a condition of deletes. */
const REFUSED = new Set([400, 501]);

type Body = NonNullable<GetObjectCommandOutput["Body"]>;

/** What is not read of a body that is longer is not sent either: the connection ends. */
async function bodyOf(body: Body, length: number | undefined, maxBytes: number | undefined): Promise<Uint8Array> {
  if (maxBytes === undefined || (length !== undefined && length <= maxBytes)) return body.transformToByteArray();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop destroys the stream.
  if (maxBytes > 0) {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxBytes) break;
    }
  } else if (body instanceof Readable) body.destroy();
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

function infoOf(object: _Object, prefix: string): ObjectInfo | undefined {
  if (object.Key === undefined || object.ETag === undefined) return undefined;
  let key: string;
  try {
    key = decodeURIComponent(object.Key.replaceAll("+", " "));
  } catch {
    return undefined;
  }
  if (!key.startsWith(prefix)) return undefined;
  return { key: key.slice(prefix.length), etag: unquoted(object.ETag), size: object.Size ?? 0 };
}
