/** Who else has access: what the page shows of it, takes away, and hands on by codes. */
import * as v from "valibot";
import { answerEmpty, answerJson } from "../../base/http/answers.ts";
import { HttpError } from "../../base/http/error.ts";
import { WRITING } from "../../base/writing.ts";
import { drawQr } from "../../formats/page/qr.ts";
import { makeCode } from "../codes/codes.ts";
import { AUTHOR, ROLE } from "../kept/shapes.ts";
import { findAccess, listAccess, revokeAccess } from "../people/access.ts";
import { namedAuthors } from "../people/names.ts";
import { isOwn, writerFor } from "../people/roles.ts";
import { readJsonBody } from "../requests/bodies.ts";
import { NO_COOKIE } from "../requests/cookie.ts";
import { signedInOnPage } from "../tokens/granted.ts";
import type { PageContext } from "./context.ts";

/** A code that is made on the page is used at once, on a device that is at hand. */
const PAGE_CODE_SECONDS = 15 * 60;
const NEW_CODE = v.object({ author: v.exactOptional(AUTHOR), role: v.exactOptional(ROLE) });

export async function showAccess(context: PageContext, request: Request): Promise<Response> {
  const { grant, device } = await signedInOnPage(context, request);
  const { devices, tokens } = await listAccess(context.state, context.clock.now());
  return answerJson(200, {
    devices: devices.filter((each) => isOwn(each, grant)).map((each) => ({ ...each, current: each.id === device })),
    tokens: tokens.filter((each) => isOwn(each, grant)),
    ...(await authorsNow(context)),
  });
}

/** Since the page was loaded, there may be others. Access can be looked at and taken away while `site.yaml` cannot be used. */
async function authorsNow(context: PageContext): Promise<object> {
  const site = await context.site().catch(() => undefined);
  return site ? { authors: namedAuthors(site) } : {};
}

export async function revoke(context: PageContext, request: Request): Promise<Response> {
  const { grant, device } = await signedInOnPage(context, request);
  const id = new URL(request.url).pathname.split("/").at(-1) ?? "";
  const found = await findAccess(context.state, id);
  if (!found || !isOwn(found, grant)) {
    throw new HttpError("not_found", "there is no such device or app of yours: load the list again");
  }
  await revokeAccess(context.state, found);
  context.log(`sign-in: ${found.kind} ${id} was revoked by ${grant.id}`);
  return answerEmpty(id === device ? NO_COOKIE : {});
}

/** An owner makes codes for anybody, everybody else for further devices of their own. */
export async function newCode(context: PageContext, request: Request): Promise<Response> {
  const { grant } = await signedInOnPage(context, request);
  const asked = await readJsonBody(request, NEW_CODE);
  const { author = grant.author } = asked;
  const { role = author === grant.author ? grant.role : "author" } = asked;
  const whom = writerFor({ author, role }, await context.site());
  if (!isOwn(whom, grant)) throw new HttpError("forbidden", "only an owner makes codes for others: ask one");
  const { state, newSecret, clock, origin, log, names } = context;
  const { code, expires } = await makeCode(whom, { state, newSecret, now: clock.now(), seconds: PAGE_CODE_SECONDS });
  names.forget();
  log(`sign-in: a code for ${whom.role} ${whom.author ?? ""} was made by ${grant.id}`.replace(/ +/g, " "));
  const url = `${origin}${WRITING}#code=${code}`;
  return answerJson(201, { code, url, qr: drawQr(url), expires: expires.toISOString() });
}
