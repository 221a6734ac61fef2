/** CloudFront, told to forget: an invalidation, waited for until every edge has it. */
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  type Invalidation,
} from "@aws-sdk/client-cloudfront";

export interface Cdn {
  /**
   * Returns when no edge serves what it had at these paths. `reference` names the wish: the same one twice is one
   * invalidation. Throws what the SDK throws, or the signal's reason.
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

  /** Tries until it is let through, or nobody waits any more. */
  async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      signal.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      await wait(pause);
    }
  }

  return {
    async invalidate(paths, reference, signal) {
      const batch = { CallerReference: reference, Paths: { Quantity: paths.length, Items: [...paths] } };
      const create = new CreateInvalidationCommand({ DistributionId: distribution, InvalidationBatch: batch });
      let state: Invalidation | undefined = (
        await patiently(() => client.send(create, { abortSignal: signal }), signal)
      ).Invalidation;
      const get = new GetInvalidationCommand({ DistributionId: distribution, Id: state?.Id ?? "" });
      for (let pause = FIRST_PAUSE_MS; state?.Status !== "Completed"; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
        await wait(pause);
        signal.throwIfAborted();
        state = (await patiently(() => client.send(get, { abortSignal: signal }), signal)).Invalidation;
      }
    },
  };
}

/** Others' invalidations are under way, or too much was asked: it passes. */
function isPassing(error: unknown): boolean {
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
