/** How tokens are written: a prefix by which scanners for leaked secrets know them, an id, and a secret of 256 bits. */
import { base64url, type NewSecret } from "../kept/secrets.ts";

/** `s`: a session of the page; `a`: access of an app; `r`: what an app renews it by; `c`: an authorization code; `p`: a personal access token, for a script. */
export type TokenKind = "s" | "a" | "r" | "c" | "p";

export interface WrittenToken {
  readonly kind: TokenKind;
  /** Names what is kept of it. */
  readonly id: string;
  readonly secret: string;
}

const FORM = /^dripfeed_([sarcp])([0-9a-z-]{16,25})_([\w-]{43})$/;

export const newTokenSecret = (newSecret: NewSecret): string => base64url(newSecret());

export const writeToken = ({ kind, id, secret }: WrittenToken): string => `dripfeed_${kind}${id}_${secret}`;

export function parseToken(text: string, kind: TokenKind): WrittenToken | undefined {
  const [, found, id = "", secret = ""] = FORM.exec(text) ?? [];
  return found === kind ? { kind, id, secret } : undefined;
}
