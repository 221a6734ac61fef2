/** Buckets on the gateway, and their objects. */
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import {
  CreateBucketCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { inject } from "vitest";
import { s3Store } from "../../lib/stores/s3.ts";
import type { Store } from "../../lib/stores/store.ts";

export const endpoint = inject("endpoint");

/** A bucket, or a prefix in one: as a store, and by the plain S3 client. */
export interface Place {
  readonly bucket: string;
  readonly prefix: string;
  /** `s3://bucket/prefix`, as the command line takes it. */
  readonly url: string;
  readonly client: S3Client;
  readonly store: Store;
  /** A put by another tool. */
  put(key: string, body: string | Uint8Array): Promise<void>;
  head(key: string): Promise<HeadObjectCommandOutput>;
  /** Every object with its ETag and modification time. */
  objects(): Promise<Objects>;
}

export type Objects = { readonly [key: string]: { readonly etag: string; readonly modified: string } };

const client = new S3Client({ endpoint, forcePathStyle: true });

/** In a new bucket. The prefix is empty, or ends with a slash. */
export async function newPlace(prefix = ""): Promise<Place> {
  const bucket = `dripfeed-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return place(bucket, prefix);
}

export function place(bucket: string, prefix: string): Place {
  return {
    bucket,
    prefix,
    client,
    url: `s3://${bucket}/${prefix}`,
    store: s3Store({ bucket, prefix, endpoint }),

    async put(key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + key, Body: body }));
    },

    head: (key) => client.send(new HeadObjectCommand({ Bucket: bucket, Key: prefix + key })),

    async objects() {
      const objects: { [key: string]: Objects[string] } = {};
      let token: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token && { ContinuationToken: token }) }),
        );
        for (const { Key = "", ETag = "", LastModified } of page.Contents ?? []) {
          const modified = LastModified?.toISOString() ?? "";
          objects[Key.slice(prefix.length)] = { etag: ETag.replaceAll('"', ""), modified };
        }
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return objects;
    },
  };
}

/** The files of a folder, by the keys they have as objects. */
export async function filesOf(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1).replaceAll(sep, "/"), await readFile(path));
  }
  return files;
}
