/** Which program this is, to the last line, written in when it is packed. */

declare const PACKED: string | undefined;

/** Nothing in a checkout, where the code may be another at any time. Node's time zones are part of the program. */
export const BUILD: string | undefined = typeof PACKED === "undefined" ? undefined : `${PACKED} ${process.version}`;
