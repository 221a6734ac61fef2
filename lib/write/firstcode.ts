/** The way in for the first device of a site: a code that counts once, for a day. */
import { WRITING } from "../base/writing.ts";

export interface FirstCode {
  /** With it behind `#`, which no server is sent. */
  readonly link: string;
  readonly code: string;
  readonly expires: Date;
}

/** The part of sign-in that gives codes. */
export interface GivesCodes {
  hasDevices(): Promise<boolean>;
  newCode(whom: {
    readonly role: "owner";
    readonly seconds: number;
  }): Promise<{ readonly code: string; readonly expires: Date }>;
}

const DAY_SECONDS = 24 * 60 * 60;

/** Nothing where a device is registered, by which others are let in. */
export async function firstCode(signIn: GivesCodes, origin: string): Promise<FirstCode | undefined> {
  if (await signIn.hasDevices()) return undefined;
  const { code, expires } = await signIn.newCode({ role: "owner", seconds: DAY_SECONDS });
  return { link: `${origin}${WRITING}#code=${code}`, code, expires };
}
