/** What writing from a phone asks of the function and of S3, as the page does it: a post, a picture in it, an edit. */
import { randomBytes, randomUUID } from "node:crypto";
import { systemClock } from "../../lib/clock.ts";
import { countedStore, countedTogether, type OperationCount } from "../../lib/stores/counted.ts";
import type { Store } from "../../lib/stores/store.ts";
import type { Uploads } from "../../lib/stores/uploads.ts";
import { jpeg } from "../micropub/media/samples.ts";
import { device } from "../write/device.ts";

export interface CountedWriting {
  readonly what: string;
  /** To the function. */
  readonly requests: number;
  readonly puts: number;
  readonly gets: number;
}

const ORIGIN = "https://feeds.example.com";
/** How often the page asks what became of a post, until a run has published it half a minute later (`views/status.ts`). */
const STATUS_ASKED = 5;
/** What fits into one request is not sent in parts. */
const NO_UPLOADS = {
  taking: { addressOf: async () => "https://content.s3.us-east-1.amazonaws.com/" },
} as unknown as Uploads;

/** On a site that was published. */
export async function countedWriting(stores: {
  readonly content: Store;
  readonly state: Store;
}): Promise<readonly CountedWriting[]> {
  const [content, state] = [countedStore(stores.content), countedStore(stores.state)];
  const phone = await device({
    ...{ content, state, uploads: NO_UPLOADS, origin: ORIGIN, clock: systemClock, newName: randomUUID },
    newSecret: () => new Uint8Array(randomBytes(32)),
    ...{ log: () => undefined, asked: () => undefined },
  });
  let requests = 0;
  const ask = async (method: string, path: string, body?: unknown, headers?: { readonly [name: string]: string }) => {
    requests += 1;
    const answer = await phone.ask(method, `/write/${path}`, body, headers);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const statuses = async (url: string) => {
    for (let i = 0; i < STATUS_ASKED; i++) await ask("GET", `micropub?q=status&url=${encodeURIComponent(url)}`);
  };
  const opened = async () => {
    for (const path of ["", "session", "micropub?q=category"]) await ask("GET", path);
  };
  const posted = async (more: object = {}): Promise<string> => {
    const properties = { name: ["Rain"], content: ["At last."], category: ["weather"], ...more };
    const headers = { "idempotency-key": randomUUID() };
    const created = await ask("POST", "micropub", { type: ["h-entry"], properties }, headers);
    const url = created.headers.get("location") ?? "";
    await statuses(url);
    return url;
  };
  const counted = async (what: string, work: () => Promise<unknown>): Promise<CountedWriting> => {
    const before = [requests, countedTogether(content.operations, state.operations)] as const;
    await work();
    const now = countedTogether(content.operations, state.operations);
    const since = (of: (count: OperationCount) => number) => of(now) - of(before[1]);
    const puts = since(({ put, list }) => put + list);
    return { what, requests: requests - before[0], puts, gets: since(({ get }) => get) };
  };

  let url = "";
  return [
    await counted("a text", async () => {
      await opened();
      url = await posted();
    }),
    await counted("a text with a picture", async () => {
      await opened();
      const form = new FormData();
      form.set("file", new File([new Uint8Array(jpeg())], "a.jpg", { type: "image/jpeg" }));
      const picture = (await ask("POST", "media", form)).headers.get("location") ?? "";
      await posted({ photo: [{ value: picture, alt: "Clouds" }] });
    }),
    await counted("an edit", async () => {
      await opened();
      const source = await ask("GET", `micropub?q=source&url=${encodeURIComponent(url)}`);
      const headers = { "if-match": source.headers.get("etag") ?? "" };
      const update = { action: "update", url, replace: { content: ["At last, and all night."] } };
      await ask("POST", "micropub", update, headers);
      await statuses(url);
    }),
    await counted("a list of twenty posts", async () => void (await ask("GET", "micropub?q=source&limit=20"))),
  ];
}
