/** `dripfeed write`: the page to write with, and the feeds that follow what is written, until Ctrl-C. */
import { randomBytes, randomUUID } from "node:crypto";
import { SITE_KEY } from "../base/problems.ts";
import { WRITING } from "../base/writing.ts";
import { type First, startServer } from "../preview/server.ts";
import type { Watcher } from "../preview/watch.ts";
import { openStores, openUploads, storeOptions } from "../stores/open.ts";
import { showFirstCode } from "../terminal/firstcode.ts";
import { firstCode } from "../write/firstcode.ts";
import { mediaNotice } from "../write/local/media.ts";
import { answerHere } from "../write/local/node.ts";
import { noticed } from "../write/local/noticed.ts";
import { openSignInOver, openWritingOver } from "../write/open.ts";
import { removePassed } from "../write/passing.ts";
import { siteReader } from "../write/site.ts";
import type { AnswerWriting, WritingLine } from "../write/types.ts";
import { clock, log, print, untilInterrupted, width } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { WRITE } from "./declared/write.ts";
import { DONE, orUsageError, UsageError } from "./exit.ts";
import { asCallerTyped, contentAsGiven, storeNames } from "./options.ts";
import { readSite } from "./site.ts";
import { typed } from "./typed.ts";
import { watchContent } from "./watched.ts";
import { publishing, shownOf } from "./written.ts";

export async function runWrite({ values, given }: InputOf<typeof WRITE>): Promise<number> {
  const names = storeNames(values);
  await assertContent(names.content, contentAsGiven(given));
  const options = storeOptions(process.env);
  const stores = await orUsageError(openStores(names, options));
  // Nothing listens, and no code is made, before what cannot be used is said.
  await readSite(stores.content, clock.now());
  const uploads = await orUsageError(openUploads(names.content, { ...options, parts: names.state }));
  // What is written, and who may write, rests on the conditions of puts.
  for (const each of [stores.content, stores.state]) await each.probe?.();
  await removePassed(stores.state, clock.now());

  const shown = shownOf(names.content, stores);
  const following = publishing(names, stores, shown.read);
  let writing: Writing | undefined;
  const server = await startServer(
    { port: values.port, isFlexible: given.port === undefined },
    shown.served,
    undefined,
    firstOf(values.origin, () => writing),
  ).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? new UsageError(`port ${values.port} is in use: write --port <another>`) : error;
  });
  // Passkeys are of a name, and there are none at an address of numbers (https://www.w3.org/TR/webauthn-3/#rp-id).
  const origin = values.origin ?? server.origin.replace("127.0.0.1", "localhost");
  const notice = mediaNotice(origin, shown.site);
  const changed = (key: string) => {
    following.changed(key);
    const line = notice(key);
    if (line !== undefined) print(line);
  };
  const asked = (line: WritingLine) => {
    // The run says what is wrong with the file, once.
    if (line.error === "site_unusable") following.changed(SITE_KEY);
    else tell(line);
  };
  const here = {
    ...{ origin, clock, newName: randomUUID, newSecret: () => randomBytes(32), log, asked },
    ...noticed({ content: stores.content, state: stores.state, uploads }, changed),
  };
  writing = { origin, answer: openWritingOver(here) };
  const interrupted = untilInterrupted();
  let watcher: Watcher | undefined;
  try {
    // Before the first run reads, so that no change is missed between the two.
    watcher = await watchContent(names, changed);
    await following.start();
    const signIn = await openSignInOver({ ...here, site: siteReader(stores.content, clock) });
    const code = await firstCode(signIn, origin);
    if (code) print(showFirstCode(code, width()));
    const more = ["tokens", "--code", "--state", asCallerTyped(names.state), "--url", origin];
    print(`for ${code ? "another" : "a"} code: ${typed(more, process.env)}`);
    print(`the page to write with is ${origin}${WRITING}. Ctrl-C ends`);
    await interrupted;
    return DONE;
  } finally {
    await watcher?.close();
    await server.close();
    await following.stop();
  }
}

interface Writing {
  readonly origin: string;
  readonly answer: AnswerWriting;
}

/** `proxy`: the origin of the one before this server, where there is one. */
function firstOf(proxy: string | undefined, writing: () => Writing | undefined): First {
  return {
    host: proxy === undefined ? undefined : new URL(proxy).host,
    async answer({ request, response }) {
      const { origin, answer } = writing() ?? {};
      const { url = "/", headers } = request;
      if (!answer || origin === undefined || (url !== "/write" && !url.startsWith(WRITING))) return false;
      const isElsewhere = proxy === undefined && origin !== `http://${headers.host}`;
      if (url !== "/write" && !isElsewhere) return await answerHere(answer, origin, { request, response });
      response.writeHead(307, { location: origin + (url === "/write" ? WRITING : url) }).end();
      return true;
    },
  };
}

/** What failed, or was refused; what went well shows in what is published. */
function tell({ method, path, status, failure }: WritingLine): void {
  if (failure) log(`${method} ${path} failed (${failure.id}): ${failure.name}: ${failure.where}`);
  else if (status >= 400 && status !== 401) log(`${method} ${path} was answered with ${status}`);
}
