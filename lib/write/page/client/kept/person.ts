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
let isOther = false;

/** Who it was last, signed in or not. */
export const whoIs = (): SignedInPerson | undefined => person;
export const isSignedIn = (): boolean => isIn;
export const authorKey = (): string => person?.author ?? "";

/** Somebody else than before, who did not sign in in this tab. */
export const isAnother = (): boolean => isOther;

/** What an owner wrote who is no author of the site is nobody else's. */
export const isMine = ({ by }: { readonly by: string }): boolean => by === authorKey();

export async function recall(): Promise<void> {
  person = (await get<KeptPerson>("things", "person"))?.person;
  isIn = person !== undefined;
}

export async function enter(entered: SignedInPerson): Promise<void> {
  const entry: KeptPerson = { id: "person", person: entered };
  try {
    await put("things", entry);
  } finally {
    person = entered;
    isIn = true;
    isOther = false;
  }
}

/** The session is over; what was written stays, and so does whose it is. */
export function expire(): void {
  isIn = false;
}

export async function leave(): Promise<void> {
  await ask("session", { method: "DELETE" });
  await forget();
}

/** Nobody is known here any more: the device is no longer let in, or its person left. */
export async function forget(): Promise<void> {
  isIn = false;
  person = undefined;
  await remove("things", "person");
  await remove("things", "posts");
}

/** Without an answer all stays as it was. */
export async function askWho(): Promise<void> {
  const [before, wasOther] = [person && authorKey(), isOther];
  try {
    await enter((await ask<SignedInPerson>("session")).body);
    isOther = before === undefined ? wasOther : wasOther || before !== authorKey();
  } catch (error) {
    if (isSignedOut(error)) expire();
  }
}
