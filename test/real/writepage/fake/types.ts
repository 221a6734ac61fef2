/** What the parts of the fake share. */
import type { IncomingHttpHeaders } from "node:http";
import type { Site } from "../../../../lib/site/types.ts";

export interface PostProperties {
  readonly [name: string]: readonly unknown[];
}

export interface FakePost {
  readonly properties: PostProperties;
  readonly status: string;
}

/** Whatever the page asks in JSON. */
export interface AskedBody {
  readonly code?: string;
  readonly response?: unknown;
  readonly size?: number;
  readonly parts?: readonly number[];
  readonly action?: string;
  readonly url?: string;
  readonly properties?: PostProperties;
  readonly replace?: PostProperties;
  readonly delete?: readonly string[];
}

export interface Asked {
  readonly method: string;
  /** Below `/write/`, with its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly json: AskedBody;
  readonly body: Buffer;
}

export interface FakeAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

/** `cut`: it was heard, and the connection is closed without an answer. */
export type FakePart = (asked: Asked) => FakeAnswer | "cut" | undefined | Promise<FakeAnswer | "cut" | undefined>;

export const refused = (status: number, error: string, error_description: string): FakeAnswer => ({
  ...{ status, json: { error, error_description } },
});

export interface Fake {
  /** `http://localhost:<port>` */
  readonly origin: string;
  readonly posts: Map<string, FakePost>;
  readonly asked: Asked[];
  /** The files that arrived, by the address at which they are. */
  readonly files: Map<string, Buffer>;
  readonly state: {
    site: Site;
    signedIn: boolean;
    /** Nothing, of an owner who is no author. */
    author: string | undefined;
    role: string;
    /** Milliseconds by which its clock is ahead of the phone's. */
    ahead: number;
    /** So many parts of uploads are cut in the middle. */
    cuts: number;
    /** The page itself is asked for in vain: the network is there by name alone. */
    hangs: boolean;
    /** So many creations and changes are heard and not answered. */
    silent: number;
    /** Said of each post that is made or checked. */
    problems: readonly unknown[];
  };
  readonly close: () => Promise<void>;
}
