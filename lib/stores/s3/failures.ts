/** The errors of the S3 client, as the port reports them. */
import { S3ServiceException } from "@aws-sdk/client-s3";
import { CONDITIONS_FIX } from "../probe.ts";
import { StoreConflict, StoreError, type StoreOperation, StoreUnknown, StoreUnreadable } from "../store.ts";
import { explain } from "./explain.ts";

/** The store that failed. */
export interface FailedStore {
  readonly name: string;
  readonly endpoint: string | undefined;
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

export const isRetried = (error: unknown): boolean =>
  error instanceof S3ServiceException && (error.$metadata.attempts ?? 1) > 1;

/** The error for a failed conditional put: a conflict, an unknown outcome, or a plain failure. */
export function conditionalFailure(store: FailedStore, key: string, error: unknown): StoreError {
  const { name } = store;
  const status = statusOf(error);
  if (status === 412 || status === 409 || (error instanceof S3ServiceException && error.name === "NoSuchKey")) {
    // After a retry, the condition may fail because the first attempt succeeded or is still in progress.
    const Kind = isRetried(error) ? StoreUnknown : StoreConflict;
    return new Kind(name, "put", key, `a condition failed (${status})`, error);
  }
  if (status === 501) {
    const why = `the server refuses conditions of puts: ${explain(error, store.endpoint)}\n  fix: ${CONDITIONS_FIX}`;
    return new StoreError(name, "put", key, why, error);
  }
  // 429: R2 takes one put of an object in a second. The caller looks what is there, and tries again.
  if (status === undefined || status >= 500 || status === 429) {
    return new StoreUnknown(name, "put", key, `no clear reply: ${explain(error, store.endpoint)}`, error);
  }
  return failure(store, "put", key, error);
}

/**
 * 412: the object is another one; 409: another request changes it at the same moment. After a retry, too: had the first attempt deleted
 * it, what is there now is another's. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
export function deleteFailure(store: FailedStore, key: string, error: unknown): StoreError {
  const status = statusOf(error);
  if (status !== 412 && status !== 409) return failure(store, "delete", key, error);
  return new StoreConflict(store.name, "delete", key, `a condition failed (${status})`, error);
}

export function failure(store: FailedStore, operation: StoreOperation, key: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const Kind = operation === "get" && statusOf(error) === 403 ? StoreUnreadable : StoreError;
  return new Kind(store.name, operation, key, explain(error, store.endpoint), error);
}
