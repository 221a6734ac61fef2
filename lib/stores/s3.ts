/** A store in a bucket of S3, or of another server with S3's protocol. */
import { Readable } from "node:stream";
import {
  type _Object,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { present } from "../base/optional.ts";
import type { Etag } from "../model.ts";
import {
  assertKey,
  compareKeys,
  modifiedAt,
  type ObjectInfo,
  type Store,
  StoreConflict,
  StoreError,
  type StoreOperation,
  StoreUnknown,
  StoreUnreadable,
} from "./store.ts";

const MAX_CONNECTIONS = 64;

export interface S3Options {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Of a server other than AWS; buckets are then addressed by path. */
  readonly endpoint?: string;
  /** Milliseconds to wait for a reply. */
  readonly requestTimeout?: number;
}

export function s3Store({ bucket, prefix, endpoint, requestTimeout = 30_000 }: S3Options): Store {
  const name = `s3://${bucket}/${prefix}`.replace(/\/$/, "");
  const client = new S3Client({
    ...present({ endpoint, forcePathStyle: endpoint === undefined ? undefined : true }),
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: MAX_CONNECTIONS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_CONNECTIONS },
    },
    // Other servers support few of the newer checksums; TLS and the ETag protect the bytes.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });

  return {
    name,

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
            throw failure(name, "list", keyPrefix, error);
          });
        for (const object of page.Contents ?? []) {
          const info = infoOf(object, prefix);
          if (!info || (last !== undefined && compareKeys(last, info.key) >= 0)) {
            throw new StoreError(name, "list", keyPrefix, "the server's listing is incomplete or out of order");
          }
          last = info.key;
          yield info;
        }
        token = page.NextContinuationToken;
        if (page.IsTruncated && token === undefined) {
          throw new StoreError(name, "list", keyPrefix, "the server ended the listing early");
        }
      } while (token !== undefined);
    },

    async get(key, known, maxBytes) {
      assertKey(name, "get", key);
      try {
        const reply = await client.send(
          new GetObjectCommand({
            Bucket: bucket,
            Key: prefix + key,
            ...present({ IfNoneMatch: known }),
          }),
        );
        if (!reply.Body || reply.ETag === undefined) throw new Error("the server sent no body or no ETag");
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
        throw failure(name, "get", key, error);
      }
    },

    async put(key, body, { contentType, cacheControl, ifMatch, ifAbsent }) {
      assertKey(name, "put", key);
      const conditional = ifMatch !== undefined || ifAbsent === true;
      try {
        const reply = await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: prefix + key,
            Body: body,
            ContentType: contentType,
            ...present({
              CacheControl: cacheControl,
              IfMatch: ifMatch, // unquoted: Ceph never matches a quoted one
              IfNoneMatch: ifAbsent ? "*" : undefined,
            }),
          }),
        );
        if (reply.ETag === undefined) throw new Error("the server sent no ETag");
        return unquoted(reply.ETag);
      } catch (error) {
        throw conditional ? conditionalFailure(name, key, error) : failure(name, "put", key, error);
      }
    },

    async delete(key) {
      assertKey(name, "delete", key);
      try {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: prefix + key }));
      } catch (error) {
        if (!(error instanceof NoSuchKey)) throw failure(name, "delete", key, error);
      }
    },
  };
}

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

const unquoted = (etag: string): Etag => etag.replace(/^(W\/)?"|"$/g, "");

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

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** The error for a failed conditional put: a conflict, an unknown outcome, or a plain failure. */
function conditionalFailure(store: string, key: string, error: unknown): StoreError {
  const status = statusOf(error);
  const retried = error instanceof S3ServiceException && (error.$metadata.attempts ?? 1) > 1;
  if (status === 412 || status === 409 || (error instanceof S3ServiceException && error.name === "NoSuchKey")) {
    // After a retry, the condition may fail because the first attempt succeeded or is still in progress.
    const Kind = retried ? StoreUnknown : StoreConflict;
    return new Kind(store, "put", key, `a condition failed (${status})`, error);
  }
  if (status === undefined || status >= 500) {
    return new StoreUnknown(store, "put", key, `no clear reply: ${explain(error)}`, error);
  }
  return failure(store, "put", key, error);
}

function failure(store: string, operation: StoreOperation, key: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const Kind = operation === "get" && statusOf(error) === 403 ? StoreUnreadable : StoreError;
  return new Kind(store, operation, key, explain(error), error);
}

function explain(error: unknown): string {
  if (error instanceof S3ServiceException) {
    const { name, message } = error;
    if (name === "NoSuchBucket") return "the bucket does not exist";
    if (name === "AccessDenied") return "access denied: check the credentials and the policy of the bucket";
    return message && message !== "UnknownError" ? `${name}: ${message}` : name;
  }
  if (error instanceof AggregateError) return error.errors.map((each) => explain(each)).join("; ");
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}
