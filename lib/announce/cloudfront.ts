/** CloudFront invalidations: creates one and waits until it is completed at every edge. */
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  type Invalidation,
} from "@aws-sdk/client-cloudfront";

export interface Cdn {
  /**
   * Returns when no edge serves an old copy of these paths. `reference`: the same one twice is one invalidation. Throws what
   * the SDK throws, or the signal's reason.
   */
  invalidate(paths: readonly string[], reference: string, signal: AbortSignal): Promise<void>;
}

export interface CloudfrontOptions {
  readonly distribution: string;
  readonly wait: (ms: number) => Promise<void>;
}

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

  return {
    async invalidate(paths, reference, signal) {
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
    },
  };
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
