/** Opens writing from a phone over the content and the state store: each part is made when a request first needs it, and kept. */
import type { Clock } from "../base/clock.ts";
import type { SignIn } from "../signin/signin.ts";
import type { Site } from "../site/types.ts";
import type { Store } from "../stores/store.ts";
import type { Uploads } from "../stores/uploads.ts";
import { siteReader } from "./site.ts";
import type { AnswerWriting, WritingLine } from "./types.ts";
import { openWriting } from "./write.ts";

export interface WritingStores {
  readonly content: Store;
  readonly state: Store;
  /** Of the content store. */
  readonly uploads: Uploads;
}

export interface OpenWriting extends WritingStores {
  /** `https://feeds.example.com`, where `/write/` is served. */
  readonly origin: string;
  readonly clock: Clock;
  /** A fresh random name. */
  readonly newName: () => string;
  /** 32 random bytes. */
  readonly newSecret: () => Uint8Array<ArrayBuffer>;
  /** A line about who was let in or out, without any secret. */
  readonly log: (line: string) => void;
  /** Each request, once it is answered. */
  readonly asked: (line: WritingLine) => void;
}

export function openWritingOver(input: OpenWriting): AnswerWriting {
  const { content, clock, newName, origin, uploads, asked } = input;
  const site = siteReader(content, clock);
  return openWriting({
    ...{ origin, clock, newName, log: asked },
    page: kept(async () => {
      const [{ openPage }, address] = await Promise.all([import("./page/open.ts"), originOf(uploads)]);
      return openPage({ site, origin, uploads: address });
    }),
    signIn: kept(() => openSignInOver({ ...input, site })),
    micropub: kept(async () => (await import("../micropub/micropub.ts")).openMicropub(input)),
    media: kept(async () => (await import("../micropub/media/media.ts")).openMedia(input)),
  });
}

/** The origin to which the page sends parts of files, if it is not its own. */
async function originOf({ taking }: Uploads): Promise<string | undefined> {
  if (!("addressOf" in taking)) return undefined;
  return new URL(await taking.addressOf({ key: "media/part", id: "part" }, 1, 1, 60)).origin;
}

/** What sign-in needs. */
export interface SignInStores extends Pick<OpenWriting, "state" | "origin" | "clock" | "newSecret" | "log"> {
  /** As it is now. */
  readonly site: () => Promise<Site>;
}

/** Who may write. What apps publish about themselves is read over the network. */
export async function openSignInOver(input: SignInStores): Promise<SignIn> {
  const [{ openSignIn }, { clientFetcher }] = await Promise.all([
    import("../signin/signin.ts"),
    import("../signin/clients/fetch.ts"),
  ]);
  return openSignIn({ ...input, fetchClient: clientFetcher(input) });
}

/** Made once; after a failure it is made again. */
function kept<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
