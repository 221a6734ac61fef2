/** A request of authorization: an app asks a person, in their browser, for what it may do (https://indieauth.spec.indieweb.org/#authorization-request). */
import { HttpError, type HttpErrorCode } from "../../base/http/error.ts";
import type { SignInContext } from "../context.ts";
import { uniqueOf } from "../requests/bodies.ts";
import type { ClientFacts } from "./document.ts";
import { issuerOf } from "./metadata.ts";
import { isLoopback, isOfClient, parseClientId, parseRedirect, withQuery } from "./urls.ts";

export interface AuthorizationRequest {
  /** As `URL` writes it. */
  readonly client: string;
  readonly facts: ClientFacts;
  /** As the app wrote it. */
  readonly redirect: string;
  readonly state: string;
  readonly challenge: string;
  /** As asked for, without those that are not known here. */
  readonly scopes: readonly string[];
  /** Whom the app expects: a hint. */
  readonly me?: string;
}

const MAX_QUERY = 8_000;

/** Parameters of our answer. An address that has one of them already is refused: the app might take that one, which an attacker chose. */
const OURS = ["code", "state", "iss", "error"];

const wrong = (description: string): HttpError => new HttpError("invalid_request", description);

/** Throws for a wrong request; a browser is never led to an address that is not the app's. */
export async function readAuthorizationRequest(
  { fetchClient, origin }: SignInContext,
  query: string,
): Promise<AuthorizationRequest> {
  if (query.length > MAX_QUERY) throw wrong(`the app asks with more than ${MAX_QUERY} characters`);
  const asked = uniqueOf(new URLSearchParams(query));
  const client = parseClientId(asked.get("client_id") ?? "");
  if (!client)
    throw wrong("client_id has to be the https address of the app, without fragment, user, dots and numbers of hosts");
  const redirect = asked.get("redirect_uri") ?? "";
  const target = parseRedirect(redirect);
  if (!target) throw wrong("redirect_uri has to be an absolute address of the app, without fragment and user");
  const clash = OURS.find((name) => target.searchParams.has(name));
  if (clash) throw wrong(`redirect_uri has ${clash} in its query, which is told there from here: leave it out`);
  const facts = await factsOf(client, fetchClient);
  if (!isOfClient(target, client) && !facts.redirects.includes(redirect)) {
    throw wrong(
      `redirect_uri is neither at ${client.origin} nor published at ${client.href}: this may be another's request`,
    );
  }

  // From here the app is known, and may be told what is wrong (RFC 6749 4.1.2.1).
  const state = asked.get("state");
  const tell = (error: HttpErrorCode, description: string): HttpError =>
    new HttpError(error, description, {
      redirect: withQuery(redirect, {
        error,
        error_description: description,
        ...(state === undefined ? {} : { state }),
        iss: issuerOf(origin),
      }),
    });
  if (asked.get("response_type") !== "code") {
    throw tell("unsupported_response_type", "response_type has to be code");
  }
  if (state === undefined) throw tell("invalid_request", "state is missing");
  const challenge = asked.get("code_challenge") ?? "";
  // Without a method it would be `plain` (RFC 7636 4.3), by which whoever sees the request has the verifier.
  if (asked.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(challenge)) {
    throw tell(
      "invalid_request",
      "code_challenge is missing, or its code_challenge_method is not S256: the app is too old",
    );
  }
  const me = asked.get("me");
  return {
    ...{ client: client.href, facts, redirect, state, challenge, scopes: scopesOf(asked.get("scope") ?? "") },
    ...(me === undefined ? {} : { me }),
  };
}

/** `post` is what apps asked for before `create` (https://indieweb.org/scope). */
const scopesOf = (scope: string): readonly string[] =>
  scope
    .split(/\s+/)
    .filter((each) => each !== "")
    .map((each) => (each === "post" ? "create" : each));

/** An app that runs on the person's own machine publishes nothing that could be asked for from here. */
async function factsOf(client: URL, fetchClient: SignInContext["fetchClient"]): Promise<ClientFacts> {
  const document = isLoopback(client) ? undefined : await fetchClient?.(client);
  // Few requests need a parser of HTML.
  const read = document && (await import("./document.ts")).readClientDocument(document, client);
  return read ?? { redirects: [] };
}
