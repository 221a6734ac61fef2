/** Who is signed in: asked of the server, and kept, so that the page can be used without a network. */
import { ask, isSignedOut } from "../base/api.ts";
import { get, put, remove } from "./database.ts";

export interface SignedInPerson {
  readonly author?: string;
  readonly name: string;
  readonly role: "owner" | "author" | "drafts";
  readonly scopes: readonly string[];
  readonly language?: string;
}

interface KeptPerson {
  readonly id: "person";
  readonly person: SignedInPerson;
}

let person: SignedInPerson | undefined;
let isIn = false;
/** The server has said in this tab whose the session is: before that somebody else may have signed in, and what waits is not sent. */
let isConfirmed = false;

/** Who it was last, signed in or not. */
export const whoIs = (): SignedInPerson | undefined => person;
export const isSignedIn = (): boolean => isIn;
export const authorKey = (): string => person?.author ?? "";

/** What an owner wrote who is no author of the site is nobody else's. */
export const isMine = ({ by }: { readonly by: string }): boolean => by === authorKey();

const kept = async (): Promise<SignedInPerson | undefined> => (await get<KeptPerson>("things", "person"))?.person;

export async function recall(): Promise<void> {
  person = await kept();
  isIn = person !== undefined;
}

/** Tabs share the session: in another one, somebody else may have signed in since. */
export async function isStillMe(): Promise<boolean> {
  const now = await kept();
  return now === undefined || (now.author ?? "") === authorKey();
}

export async function enter(entered: SignedInPerson): Promise<void> {
  const entry: KeptPerson = { id: "person", person: entered };
  try {
    await put("things", entry);
  } finally {
    person = entered;
    isIn = true;
    isConfirmed = true;
  }
}

/** `false` where the server does not answer. */
export async function isPersonConfirmed(): Promise<boolean> {
  if (!isConfirmed) await askWho();
  return isConfirmed;
}

/** The session is over; what was written stays, and so does whose it is. */
export function expire(): void {
  isIn = false;
}

export async function leave(): Promise<void> {
  await ask("session", { method: "DELETE" });
  isIn = false;
  person = undefined;
  await remove("things", "person");
}

/** Without an answer all stays as it was. */
export async function askWho(): Promise<void> {
  try {
    await enter((await ask<SignedInPerson>("session")).body);
  } catch (error) {
    if (isSignedOut(error)) expire();
  }
}
