/** How a file is cut into parts, and which of them have come. */
import type { UploadPart } from "../../../stores/uploads.ts";

/**
 * The smallest that S3 takes of any part but the last (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html): of a
 * connection that breaks no more is lost. It takes 10,000 of them, far beyond the largest video that is taken.
 */
export const PART_BYTES = 5 * 1024 * 1024;

export const countOf = (size: number): number => Math.ceil(size / PART_BYTES);

/** Bytes of the part with this number, from 1. */
export const sizeOf = (part: number, size: number): number =>
  part < countOf(size) ? PART_BYTES : size - (countOf(size) - 1) * PART_BYTES;

/** The parts to make the file of, or the numbers of those that are missing or have another length. */
export function partsFor(
  size: number,
  received: readonly UploadPart[],
): { readonly parts: readonly UploadPart[] } | { readonly missing: readonly number[] } {
  const parts = received.filter(({ number, size: bytes }) => number <= countOf(size) && bytes === sizeOf(number, size));
  const whole = new Set(parts.map(({ number }) => number));
  const missing = Array.from({ length: countOf(size) }, (_, i) => i + 1).filter((number) => !whole.has(number));
  return missing.length === 0 ? { parts } : { missing };
}
