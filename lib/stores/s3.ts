/** A store in an S3 bucket, or in anything that speaks S3. */
import {
  type _Object,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { Etag } from "../model.ts";
import {
  assertKey,
  compareKeys,
  modifiedAt,
  type ObjectInfo,
  type Store,
  StoreConflict,
  StoreError,
  StoreUnknown,
  StoreUnreadable,
} from "./store.ts";

const MAX_CONNECTIONS = 64;

export interface S3Options {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Of a server other than AWS; addressed by path. */
  readonly endpoint?: string;
  /** After how many milliseconds a request that is not answered is given up. */
  readonly requestTimeout?: number;
}

export function s3Store({ bucket, prefix, endpoint, requestTimeout = 30_000 }: S3Options): Store {
  const name = `s3://${bucket}/${prefix}`.replace(/\/$/, "");
  const client = new S3Client({
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: MAX_CONNECTIONS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_CONNECTIONS },
    },
    // Servers other than AWS know few of the newer checksums; TLS and the ETag guard the bytes.
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
              ...(token !== undefined && { ContinuationToken: token }),
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

    async get(key, known) {
      assertKey(name, "get", key);
      try {
        const reply = await client.send(
          new GetObjectCommand({
            Bucket: bucket,
            Key: prefix + key,
            ...(known !== undefined && { IfNoneMatch: known }),
          }),
        );
        if (!reply.Body || reply.ETag === undefined) throw new Error("the server sent no body or no ETag");
        return {
          body: await reply.Body.transformToByteArray(),
          etag: unquoted(reply.ETag),
          ...(reply.LastModified && { modified: modifiedAt(reply.LastModified) }),
          ...(reply.ContentType !== undefined && { contentType: reply.ContentType }),
          ...(reply.CacheControl !== undefined && { cacheControl: reply.CacheControl }),
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
            ...(cacheControl !== undefined && { CacheControl: cacheControl }),
            ...(ifMatch !== undefined && { IfMatch: ifMatch }), // unquoted: Ceph never matches a quoted one
            ...(ifAbsent && { IfNoneMatch: "*" }),
          }),
        );
        if (reply.ETag === undefined) throw new Error("the server sent no ETag");
        return unquoted(reply.ETag);
      } catch (error) {
        throw conditional ? outcome(name, key, error) : failure(name, "put", key, error);
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

/** What a failed conditional put means: somebody else wrote, nobody knows, or it cannot be done. */
function outcome(store: string, key: string, error: unknown): StoreError {
  const status = statusOf(error);
  const retried = error instanceof S3ServiceException && (error.$metadata.attempts ?? 1) > 1;
  if (status === 412 || status === 409 || (error instanceof S3ServiceException && error.name === "NoSuchKey")) {
    // After a retry, the put that went before may be what the condition now fails on, or what is still under way.
    const Kind = retried ? StoreUnknown : StoreConflict;
    return new Kind(store, "put", key, `a condition failed (${status})`, error);
  }
  if (status === undefined || status >= 500) {
    return new StoreUnknown(store, "put", key, `no clear reply: ${explain(error)}`, error);
  }
  return failure(store, "put", key, error);
}

function failure(store: string, operation: "list" | "get" | "put" | "delete", key: string, error: unknown): StoreError {
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
