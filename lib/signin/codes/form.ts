/** How a one-time code is written: four groups of five, which a person can read out and type. */
import { base32 } from "../kept/secrets.ts";

const GROUP = 5;
/** A hundred bits: 25 name the code, 75 are secret. */
const LENGTH = 20;

export interface WrittenCode {
  /** The first group. */
  readonly name: string;
  /** The other three, without hyphens. */
  readonly secret: string;
}

export const newCodeText = (random: Uint8Array): string => (base32(random, LENGTH).match(/.{5}/g) ?? []).join("-");

/** As a person may type it: in any case, with or without hyphens and spaces, with O for 0 and I or L for 1, as Crockford has it. */
export function parseCode(typed: string): WrittenCode | undefined {
  const letters = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  if (!/^[0-9A-HJKMNP-TV-Z]{20}$/.test(letters)) return undefined;
  return { name: letters.slice(0, GROUP), secret: letters.slice(GROUP) };
}
