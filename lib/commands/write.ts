/** `dripfeed write`: the page to write with, and the feeds that follow what is written, until Ctrl-C. */
import { randomBytes, randomUUID } from "node:crypto";
import { WRITING } from "../base/writing.ts";
import type { Problem } from "../model.ts";
import type { Served } from "../preview/answer.ts";
import { identity, summary } from "../preview/lines.ts";
import { servedOf } from "../preview/served.ts";
import { type First, startServer } from "../preview/server.ts";
import { publish } from "../publish/publish.ts";
import { loadSite } from "../publish/sitefile.ts";
import { emptyWarmCache } from "../publish/warmcache.ts";
import { fileOpener } from "../stores/folder/open.ts";
import { parseS3Name } from "../stores/name.ts";
import { openStores, openUploads, type Stores, storeOptions } from "../stores/open.ts";
import type { OpenWithin } from "../stores/store.ts";
import { showFirstCode } from "../terminal/firstcode.ts";
import { firstCode } from "../write/firstcode.ts";
import { answerHere } from "../write/local/node.ts";
import { noticed } from "../write/local/noticed.ts";
import { openSignInOver, openWritingOver } from "../write/open.ts";
import { siteReader } from "../write/site.ts";
import type { AnswerWriting, WritingLine } from "../write/types.ts";
import { clock, log, print, progress, untilInterrupted, width } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { WRITE } from "./declared/write.ts";
import { DONE, orUsageError, UsageError } from "./exit.ts";
import { type Following, follow } from "./follow.ts";
import { holderOf } from "./holder.ts";
import { contentAsGiven, storeNames } from "./options.ts";

export async function runWrite({ values, given }: InputOf<typeof WRITE>): Promise<number> {
  const names = storeNames(values);
  await assertContent(names.content, contentAsGiven(given));
  const options = storeOptions(process.env);
  const stores = await orUsageError(openStores(names, options));
  const uploads = await orUsageError(openUploads(names.content, { ...options, parts: names.state }));
  // What is written, and who may write, rests on the conditions of puts.
  for (const each of [stores.content, stores.state]) await each.probe?.();
  const interrupted = untilInterrupted();

  const shown = shownOf(names.content, stores);
  const following = publishing(names.state, stores, shown.read);
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
  const here = {
    ...{ origin, clock, newName: randomUUID, newSecret: () => randomBytes(32), log, asked: tell },
    ...noticed({ content: stores.content, state: stores.state, uploads }, following.changed),
  };
  writing = { origin, answer: openWritingOver(here) };

  await following.start();
  const signIn = await openSignInOver({ ...here, site: siteReader(stores.content, clock) });
  const code = await firstCode(signIn, origin);
  if (code) print(showFirstCode(code, width()));
  print(`the page to write with is ${origin}${WRITING}. Ctrl-C ends`);
  await interrupted;
  await server.close();
  await following.stop();
  return DONE;
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

/** What is published is seen at the path of the feeds, and the content's media where the CDN has them. */
function shownOf(content: string, stores: Stores) {
  const media: OpenWithin = parseS3Name(content) ? async () => undefined : fileOpener(content);
  let served: Served | string = "the first run is not done yet";
  return {
    served: () => served,
    async read() {
      const site = await loadSite(stores.content, clock.now());
      if (site.ok) served = servedOf(site.site, stores.public, media);
    },
  };
}

function publishing(state: string, stores: Stores, published: () => Promise<void>): Following {
  const warmCache = emptyWarmCache();
  const holder = holderOf(state);
  let problems: readonly Problem[] = [];
  return follow({
    now: clock.now,
    publish: (hints) =>
      publish({ ...stores, now: clock.now(), clock, run: randomUUID(), holder, hints, warmCache, progress, log }),
    async tell(report, hints) {
      await published();
      print(summary(report, hints, new Set(problems.map(identity))));
      if (report.refused) log(report.refused.fix);
      problems = report.problems;
    },
    failed: ({ message }) => log(`not published: ${message}; trying again in half a minute`),
  });
}

/** What failed, or was refused; what went well shows in what is published. */
function tell({ method, path, status, failure }: WritingLine): void {
  if (failure) log(`${method} ${path} failed (${failure.id}): ${failure.name}: ${failure.where}`);
  else if (status >= 400 && status !== 401) log(`${method} ${path} was answered with ${status}`);
}
