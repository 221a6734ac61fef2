/** The code for the first device of a site, which works once, within a day. */
import { WRITING } from "../base/writing.ts";

export interface FirstCode {
  /** With it behind `#`, which no server is sent. */
  readonly link: string;
  readonly code: string;
  readonly expires: Date;
}

/** What is taken of sign-in: the making of codes. */
export interface GivesCodes {
  hasDevices(): Promise<boolean>;
  newCode(whom: {
    readonly role: "owner";
    readonly seconds: number;
  }): Promise<{ readonly code: string; readonly expires: Date }>;
}

const DAY_SECONDS = 24 * 60 * 60;

/** `undefined` where a device is registered already, since that can let others in. */
export async function firstCode(signIn: GivesCodes, origin: string): Promise<FirstCode | undefined> {
  if (await signIn.hasDevices()) return undefined;
  const { code, expires } = await signIn.newCode({ role: "owner", seconds: DAY_SECONDS });
  return { link: `${origin}${WRITING}#code=${code}`, code, expires };
}
