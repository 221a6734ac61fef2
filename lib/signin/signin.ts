/** Sign-in: who may write, by passkeys for people and IndieAuth for apps. */
import type { Clock } from "../base/clock.ts";
import { ADDRESSES } from "../base/writing.ts";
import type { Site } from "../site/types.ts";
import type { Store } from "../stores/store.ts";
import { answering } from "./answers/refusal.ts";
import { rememberedClients } from "./clients/remembered.ts";
import type { FetchClient } from "./clients/types.ts";
import { type MadeCode, makeCode } from "./codes/codes.ts";
import { codeNames } from "./codes/names.ts";
import { answerConsent } from "./indieauth/consent.ts";
import { answerApp, isForApps } from "./indieauth/endpoints.ts";
import { answerProfile } from "./indieauth/profiles.ts";
import type { NewSecret } from "./kept/secrets.ts";
import { failureLimits } from "./limits/failures.ts";
import type { PageContext } from "./page/context.ts";
import { answerPage } from "./page/page.ts";
import { openChallenges } from "./passkeys/challenges.ts";
import { hasDevice } from "./people/devices.ts";
import { codeFor } from "./people/roles.ts";
import { signedIn } from "./tokens/granted.ts";
import type { Grant, Role } from "./types.ts";

export interface SignInInput {
  /** Written below `write/` alone. */
  readonly state: Store;
  /** As it is now: it says who is an author. */
  readonly site: () => Promise<Site>;
  readonly clock: Clock;
  /** 32 random bytes. */
  readonly newSecret: NewSecret;
  /** `https://feeds.example.com`, where `/write/` is served. */
  readonly origin: string;
  /** Reads what an app publishes about itself (`clients/fetch.ts`); without it, apps are known by their addresses alone. */
  readonly fetchClient?: FetchClient;
  readonly log: (line: string) => void;
}

export interface NewCode {
  readonly author?: string;
  readonly role: Role;
  /** For which it counts. */
  readonly seconds: number;
}

export interface SignIn {
  /** Who a request is from, or why it may do nothing: 400, 401, 403. Its body can still be read. */
  granted(request: Request): Promise<Grant | Response>;
  /** `undefined`: the address is another's; that of `GET /write/auth` is the page's. */
  answer(request: Request): Promise<Response | undefined>;
  /** Throws a `Refusal` for whom `site.yaml` does not name. */
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
    granted: (request) => answering(async () => (await signedIn(context, request)).grant),

    async answer(request) {
      const answer = await answering(
        async () =>
          (await answerPage(context, request)) ??
          (await answerConsent(context, request)) ??
          (await answerApp(context, request)) ??
          (await answerAuthor(context, request)),
      );
      return answer && isForApps(request) ? openToAll(answer) : answer;
    },

    async newCode({ author, role, seconds }) {
      const whom = codeFor({ author, role }, await site());
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

/** Scripts of any site may read it, since none has a cookie's rights here: `*` never goes with credentials (https://fetch.spec.whatwg.org/#cors-protocol-and-credentials). */
function openToAll(answer: Response): Response {
  answer.headers.set("access-control-allow-origin", "*");
  answer.headers.set("access-control-allow-headers", "authorization, content-type");
  answer.headers.set("access-control-allow-methods", "GET, POST");
  return answer;
}
