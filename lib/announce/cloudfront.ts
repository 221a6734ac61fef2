/** CloudFront invalidations: creates them and waits until they are completed at every edge. */
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  type Invalidation,
} from "@aws-sdk/client-cloudfront";

export interface Cdn {
  /**
   * Returns when no edge serves an old copy of these paths. `reference`: the same one twice, with the same paths, is one
   * invalidation, billed once. Throws what the SDK throws, or the signal's reason.
   */
  invalidate(paths: readonly string[], reference: string, signal: AbortSignal): Promise<void>;
}

export interface CloudfrontOptions {
  readonly distribution: string;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Paths that end with `*`, and others, that may be in progress at once.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html
 */
const MAX_PREFIXES = 15;
const MAX_FILES = 3_000;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

export function cloudfront({ distribution, wait }: CloudfrontOptions): Cdn {
  const client = new CloudFrontClient({ requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } });

  /** Retries while CloudFront throttles, until the signal aborts. */
  async function retrying<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      signal.throwIfAborted();
      try {
        return await send();
      } catch (error) {
        if (!isTransient(error)) throw error;
      }
      await wait(pause);
    }
  }

  async function invalidateBatch(paths: readonly string[], reference: string, signal: AbortSignal): Promise<void> {
    const batch = { CallerReference: reference, Paths: { Quantity: paths.length, Items: [...paths] } };
    const create = new CreateInvalidationCommand({ DistributionId: distribution, InvalidationBatch: batch });
    let state: Invalidation | undefined = (await retrying(() => client.send(create, { abortSignal: signal }), signal))
      .Invalidation;
    const get = new GetInvalidationCommand({ DistributionId: distribution, Id: state?.Id ?? "" });
    for (let pause = FIRST_PAUSE_MS; state?.Status !== "Completed"; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      await wait(pause);
      signal.throwIfAborted();
      state = (await retrying(() => client.send(get, { abortSignal: signal }), signal)).Invalidation;
    }
  }

  return {
    async invalidate(paths, reference, signal) {
      for (const [i, batch] of batchesOf(paths).entries()) {
        await invalidateBatch(batch, i === 0 ? reference : `${reference}.${i + 1}`, signal);
      }
    },
  };
}

/** One after another, since no more paths may be in progress at once. */
function batchesOf(paths: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let prefixes = 0;
  for (const path of paths) {
    const isPrefix = path.endsWith("*");
    const last = batches.at(-1);
    if (!last || (isPrefix && prefixes === MAX_PREFIXES) || last.length === MAX_FILES) {
      batches.push([path]);
      prefixes = isPrefix ? 1 : 0;
      continue;
    }
    last.push(path);
    if (isPrefix) prefixes += 1;
  }
  return batches;
}

/** Too many requests or invalidations in progress, or an error of the server. */
function isTransient(error: unknown): boolean {
  const { name, $metadata } = error as {
    readonly name?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  return (
    name === "TooManyInvalidationsInProgress" ||
    (name?.startsWith("Throttling") ?? false) ||
    (status !== undefined && (status === 429 || status >= 500))
  );
}
