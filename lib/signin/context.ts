/** What every part of sign-in is given. */
import type { Clock } from "../base/clock.ts";
import type { Site } from "../site/types.ts";
import type { Store } from "../stores/store.ts";
import type { FetchClient } from "./clients/types.ts";
import type { NewSecret } from "./kept/secrets.ts";

export interface SignInContext {
  /** Written below `write/` alone. */
  readonly state: Store;
  /** As it is now. */
  readonly site: () => Promise<Site>;
  readonly clock: Clock;
  readonly newSecret: NewSecret;
  /** `https://feeds.example.com`, where `/write/` is served. */
  readonly origin: string;
  /** Reads what an app publishes about itself; without it, apps are known by their addresses alone. */
  readonly fetchClient: FetchClient | undefined;
  /** One line for each thing that lets somebody in or out; no secret is in it. */
  readonly log: (line: string) => void;
}
