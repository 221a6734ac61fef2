/** What the public store holds for its host, beside the documents of channels, and what the host cannot do. */

export interface HostFile {
  readonly path: string;
  readonly text: string;
}

/** Addresses that the host does not answer as the edge would. */
export interface HostLoss {
  readonly what: string;
  /** As the owner writes them. */
  readonly names: readonly string[];
  readonly fix: string;
}

export interface HostPlan {
  readonly files: readonly HostFile[];
  readonly losses: readonly HostLoss[];
}

/** How each file begins, which an owner's own does not. */
export const WRITTEN = "# Written by Dripfeed";
