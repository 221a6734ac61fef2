/** What the page asks of sign-in, each at its address. */
import { ADDRESSES } from "../../base/writing.ts";
import { assertFromUs } from "../requests/sameorigin.ts";
import { newCode, revoke, showAccess } from "./access.ts";
import type { PageContext } from "./context.ts";
import { register, showOptions, showSession, signOut, tryCode, verify } from "./session.ts";

type AnswerOne = (context: PageContext, request: Request) => Promise<Response>;

const ROUTES: { readonly [route: string]: AnswerOne } = {
  [`GET ${ADDRESSES.session}`]: showSession,
  [`DELETE ${ADDRESSES.session}`]: signOut,
  [`POST ${ADDRESSES.session}/code`]: tryCode,
  [`POST ${ADDRESSES.session}/register`]: register,
  [`POST ${ADDRESSES.session}/options`]: showOptions,
  [`POST ${ADDRESSES.session}/verify`]: verify,
  [`GET ${ADDRESSES.access}`]: showAccess,
  [`POST ${ADDRESSES.codes}`]: newCode,
};

const ACCESS_ID = new RegExp(`^${ADDRESSES.access}/([0-9a-z]{1,40})$`);

/** Each of these is for our page alone. `undefined`: the address is another's. */
export async function answerPage(context: PageContext, request: Request): Promise<Response | undefined> {
  const path = new URL(request.url).pathname;
  const [, id] = ACCESS_ID.exec(path) ?? [];
  const route =
    id === undefined ? ROUTES[`${request.method} ${path}`] : request.method === "DELETE" ? revoke : undefined;
  if (!route) return undefined;
  assertFromUs(request, context.origin);
  return await route(context, request);
}
