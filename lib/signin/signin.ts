/**
 * Sign-in: who may write, by passkeys for people and IndieAuth for apps. Read it first: `granted` knows by a session or a token who a request
 * is from (`tokens/`); `answer` lets devices in by one-time codes and passkeys (`page/`), and apps by consent of a person (`indieauth/`).
 */
import { ADDRESSES } from "../base/writing.ts";
import { rememberedClients } from "./clients/remembered.ts";
import type { FetchClient } from "./clients/types.ts";
import { type MadeCode, makeCode } from "./codes/codes.ts";
import { codeNames } from "./codes/names.ts";
import type { SignInContext } from "./context.ts";
import { answerConsent } from "./indieauth/consent.ts";
import { answerApp } from "./indieauth/endpoints.ts";
import { answerProfile } from "./indieauth/profiles.ts";
import { failureLimits } from "./limits/failures.ts";
import type { PageContext } from "./page/context.ts";
import { answerPage } from "./page/page.ts";
import { openChallenges } from "./passkeys/challenges.ts";
import { hasDevice } from "./people/devices.ts";
import { writerFor } from "./people/roles.ts";
import { signedIn } from "./tokens/granted.ts";
import type { Grant, Role } from "./types.ts";

/** What sign-in is given; without `fetchClient` (`clients/fetch.ts`) apps are known by their addresses alone. */
export interface SignInInput extends Omit<SignInContext, "fetchClient"> {
  readonly fetchClient?: FetchClient;
}

export interface NewCode {
  readonly author?: string;
  readonly role: Role;
  /** For which it counts. */
  readonly seconds: number;
}

/** What is refused is thrown, as an `HttpError`. */
export interface SignIn {
  /** Who a request is from. Throws for one that may do nothing (400, 401, 403). Its body can still be read. */
  granted(request: Request): Promise<Grant>;
  /** `undefined`: the address is another's; that of `GET /write/auth` is the page's. */
  answer(request: Request): Promise<Response | undefined>;
  /** Throws for whom `site.yaml` does not name. */
  newCode(whom: NewCode): Promise<MadeCode>;
  hasDevices(): Promise<boolean>;
}

export function openSignIn({ fetchClient, ...input }: SignInInput): SignIn {
  const { state, site, clock, newSecret } = input;
  const context: PageContext = {
    ...input,
    fetchClient: fetchClient && rememberedClients(fetchClient, clock),
    challenges: openChallenges(state, newSecret),
    failures: failureLimits(clock),
    names: codeNames(state, clock),
  };
  return {
    granted: async (request) => (await signedIn(context, request)).grant,

    answer: async (request) =>
      (await answerPage(context, request)) ??
      (await answerConsent(context, request)) ??
      (await answerApp(context, request)) ??
      (await answerAuthor(context, request)),

    async newCode({ author, role, seconds }) {
      const whom = writerFor({ author, role }, await site());
      const made = await makeCode(whom, { state, newSecret, now: clock.now(), seconds });
      context.names.forget();
      return made;
    },

    hasDevices: () => hasDevice(state),
  };
}

async function answerAuthor({ site, origin }: PageContext, request: Request): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith(ADDRESSES.authors) || !["GET", "HEAD"].includes(request.method)) return undefined;
  return answerProfile(pathname, await site(), origin);
}
