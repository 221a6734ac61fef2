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

/** Who it was last, signed in or not. */
export const whoIs = (): SignedInPerson | undefined => person;
export const isSignedIn = (): boolean => isIn;
export const authorKey = (): string => person?.author ?? "";

/** Also what was written while the site named no authors. */
export const isMine = ({ by }: { readonly by: string }): boolean => by === "" || by === authorKey();

export async function recall(): Promise<void> {
  person = (await get<KeptPerson>("things", "person"))?.person;
  isIn = person !== undefined;
}

export async function enter(entered: SignedInPerson): Promise<void> {
  person = entered;
  isIn = true;
  const kept: KeptPerson = { id: "person", person: entered };
  await put("things", kept);
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
