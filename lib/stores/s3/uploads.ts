/** Uploads into a bucket: the phone sends parts to the bucket's own server, by addresses that are signed here. */
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  type Part,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { present } from "../../base/optional.ts";
import { assertKey, StoreConflict } from "../store.ts";
import type { Upload, UploadPart, Uploads } from "../uploads.ts";
import { s3Client } from "./client.ts";
import { unquoted } from "./etags.ts";
import { conditionalFailure, failure, statusOf } from "./failures.ts";
import { nameOfBucket, type S3Options } from "./options.ts";

/** Uploads into a bucket of S3, or of another server with S3's protocol; as `s3Store`, which sees what they become. */
export function s3Uploads({ bucket, prefix, ...server }: S3Options): Uploads {
  const name = nameOfBucket({ bucket, prefix });
  const failed = { name, endpoint: server.endpoint };
  const client = s3Client(server);
  const at = ({ key, id }: Upload) => ({ Bucket: bucket, Key: prefix + key, UploadId: id });

  return {
    async begin(key, { contentType, cacheControl }) {
      assertKey(name, "put", key);
      const object = { Bucket: bucket, Key: prefix + key, ContentType: contentType };
      try {
        const { UploadId: id } = await client.send(
          new CreateMultipartUploadCommand({ ...object, ...present({ CacheControl: cacheControl }) }),
        );
        if (id === undefined) throw new Error("the server named no upload: check AWS_ENDPOINT_URL_S3");
        return { key, id };
      } catch (error) {
        throw failure(failed, "put", key, error);
      }
    },

    taking: {
      /**
       * Host and length are signed, which a browser sets by itself: without the length, whoever has the address could fill the bucket
       * with parts of 5 GB.
       */
      async addressOf(upload, part, size, seconds) {
        const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
        const command = new UploadPartCommand({ ...at(upload), PartNumber: part, ContentLength: size });
        return getSignedUrl(client, command, { expiresIn: seconds });
      },
    },

    async parts(upload) {
      const parts: UploadPart[] = [];
      let after: string | undefined;
      try {
        do {
          const page = await client.send(
            new ListPartsCommand({ ...at(upload), ...present({ PartNumberMarker: after }) }),
          );
          parts.push(...(page.Parts ?? []).map(partOf));
          after = page.IsTruncated ? page.NextPartNumberMarker : undefined;
        } while (after !== undefined);
        return parts;
      } catch (error) {
        if (hasEnded(error)) return undefined;
        throw failure(failed, "get", upload.key, error);
      }
    },

    async complete(upload, parts) {
      const { key } = upload;
      const Parts: CompletedPart[] = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: `"${etag}"` }));
      const complete = (condition: { readonly IfNoneMatch?: string }) =>
        client.send(new CompleteMultipartUploadCommand({ ...at(upload), MultipartUpload: { Parts }, ...condition }));
      try {
        // A server that knows no such condition says so; whoever begins uploads takes a key that nobody else has.
        await complete({ IfNoneMatch: "*" }).catch((error) => {
          if (statusOf(error) === 501) return complete({});
          throw error;
        });
      } catch (error) {
        if (hasEnded(error)) throw new StoreConflict(name, "put", key, "the upload has ended", error);
        throw conditionalFailure(failed, key, error);
      }
    },

    async abort(upload) {
      try {
        await client.send(new AbortMultipartUploadCommand(at(upload)));
      } catch (error) {
        if (!hasEnded(error)) throw failure(failed, "delete", upload.key, error);
      }
    },
  };
}

const partOf = ({ PartNumber = 0, Size = 0, ETag = "" }: Part): UploadPart => ({
  number: PartNumber,
  size: Size,
  etag: unquoted(ETag),
});

/** Ceph's gateway says of an upload that has ended that there is no such key. */
const hasEnded = (error: unknown): boolean =>
  error instanceof S3ServiceException && (error.name === "NoSuchUpload" || error.name === "NoSuchKey");
