/** Whether a request of our page is for the person who is signed in there now: by its cookie alone, whoever signed in last is meant. */
import { HttpError, invalid } from "../../base/http/error.ts";
import { AUTHOR_HEADER } from "../../base/writing.ts";
import type { Grant } from "../types.ts";

/**
 * A page that stays open, or a post that waits for the network, may be of somebody who has signed out since: nothing of theirs is done
 * in the name of another. A request that does not say whose it is is that of whoever is signed in.
 */
export function assertForAuthor(request: Request, { author = "" }: Pick<Grant, "author">): void {
  const said = request.headers.get(AUTHOR_HEADER);
  if (said === null || decoded(said) === author) return;
  throw new HttpError(
    "other_person",
    "somebody else is signed in here by now, and nothing was done: sign in as the one whose post this is, and send it again",
  );
}

function decoded(said: string): string {
  try {
    return decodeURIComponent(said);
  } catch {
    throw invalid(`${AUTHOR_HEADER} is no text as encodeURIComponent writes it`);
  }
}
