/** What the errors of the S3 client mean, and what to set so that they end. */
import { S3ServiceException } from "@aws-sdk/client-s3";
import { CONDITIONS_FIX } from "../probe.ts";
import { StoreConflict, StoreError, type StoreOperation, StoreUnknown, StoreUnreadable } from "../store.ts";

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
    const why = `the server refuses conditions of puts: ${explain(error, store)}\n  fix: ${CONDITIONS_FIX}`;
    return new StoreError(name, "put", key, why, error);
  }
  // 429: R2 takes one put of an object in a second. The caller looks what is there, and tries again.
  if (status === undefined || status >= 500 || status === 429) {
    return new StoreUnknown(name, "put", key, `no clear reply: ${explain(error, store)}`, error);
  }
  return failure(store, "put", key, error);
}

export function failure(store: FailedStore, operation: StoreOperation, key: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const Kind = operation === "get" && statusOf(error) === 403 ? StoreUnreadable : StoreError;
  return new Kind(store.name, operation, key, explain(error, store), error);
}

const EXPLAINED: { readonly [name: string]: string } = {
  NoSuchBucket: "the bucket does not exist: create it, or correct its name",
  AccessDenied: "access denied: check the credentials and the policy of the bucket",
  InvalidAccessKeyId: "the server does not know this access key: check AWS_ACCESS_KEY_ID, or AWS_PROFILE",
  SignatureDoesNotMatch: "the secret is not that of the access key: check AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
};

/** The bucket is in another region than the one that was asked. */
const WRONG_REGION = new Set([
  "PermanentRedirect",
  "AuthorizationHeaderMalformed",
  "IllegalLocationConstraintException",
]);

const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

function explain(error: unknown, store: FailedStore): string {
  if (error instanceof S3ServiceException) {
    const { name, message } = error;
    const known = EXPLAINED[name];
    if (known !== undefined) return known;
    const text = message && message !== "UnknownError" ? `${name}: ${message}` : name;
    return WRONG_REGION.has(name) ? `${text}: set AWS_REGION to the region of the bucket` : text;
  }
  if (!(error instanceof Error)) return String(error);
  const errors = error instanceof AggregateError ? error.errors : [error];
  const text = errors.map((each) => messageOf(each)).join("; ");
  const isUnreachable = errors.some((each) => UNREACHABLE.has(each?.code));
  return isUnreachable && store.endpoint !== undefined
    ? `${text}: nobody answers at ${store.endpoint}, so check AWS_ENDPOINT_URL_S3`
    : text;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message === "Region is missing") {
    return "no region is set: set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a server other than AWS";
  }
  if (error.message.startsWith("Could not load credentials from any providers")) {
    return "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
  }
  return error.message || error.name;
}
