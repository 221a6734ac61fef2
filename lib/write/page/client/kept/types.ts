/** A kept post: what is written on this phone, until the server has it. */

export type PostKind = "text" | "photo" | "video" | "audio" | "link" | "live";
export type MediaProperty = "photo" | "video" | "audio";

/**
 * `writing`: nobody but its author touches it; `waiting`: it goes as soon as it can; `failed`: it needs its author;
 * `changed`: the post is another one by now, and its author has to choose; `sent`: the server has it.
 */
export type KeptState = "writing" | "waiting" | "failed" | "changed" | "sent";

/** One value of a property, as microformats in JSON have it. */
export type Mf2Value = string | { readonly [name: string]: unknown };

export interface Mf2Properties {
  readonly [name: string]: readonly Mf2Value[];
}

export interface PostMedia {
  /** Of the file on its shelf; of one that the server has, just a name. */
  readonly id: string;
  readonly property: MediaProperty;
  readonly alt: string;
  /** Not to be sent yet, or why never; without it, the file is ready. */
  readonly state?: "preparing" | "unreadable" | "tooLarge" | "noRoom" | "fileGone" | undefined;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
  /** Seconds. */
  readonly duration?: number;
  /** The first picture of a video, a file on the shelf. */
  readonly poster?: string;
  /** What has been sent of it. */
  readonly upload?: { readonly id: string; readonly partSize: number; readonly parts: number } | undefined;
  readonly url?: string;
  readonly posterUrl?: string;
  /** As the server has it, of a medium of a former post. */
  readonly former?: Mf2Value;
}

export interface PostLive {
  readonly url: string;
  readonly status: "pending" | "live" | "ended";
  /** Of the input; begun now without it. */
  readonly start: string;
  readonly end: string;
  readonly recording: string;
}

/** What its author typed. */
export interface PostContent {
  readonly title: string;
  readonly text: string;
  /** Of the text of a former post; Markdown as it is typed without it. */
  readonly form?: "html" | "markdown";
  readonly tags: readonly string[];
  readonly language: string;
  readonly when: "now" | "later" | "draft";
  /** Of the input. */
  readonly at: string;
  readonly how: "bookmark-of" | "in-reply-to" | "like-of";
  readonly link: string;
  readonly live?: PostLive;
  readonly media: readonly PostMedia[];
}

export interface ShownProblem {
  readonly code: string;
  readonly severity: string;
  readonly line?: number;
  readonly message: string;
  readonly fix: string;
}

/** What went wrong, as it is kept. */
export interface ShownFault {
  /** None of a sentence that is this page's own. */
  readonly code: string;
  /** The server's, in English. */
  readonly message: string;
}

export interface KeptPost extends PostContent {
  /** Also what makes the server do it once. */
  readonly id: string;
  readonly kind: PostKind;
  /** Whose it is: the author's key. */
  readonly by: string;
  readonly made: number;
  readonly state: KeptState;
  /** The post that it changes. */
  readonly former?: { readonly url: string; readonly etag?: string; readonly properties: Mf2Properties };
  readonly act?: "delete" | "undelete";
  /** What was asked last, if it is not known whether the server did it. */
  readonly tried?: string;
  /** When that was first, of a new post: what begins now began then. */
  readonly triedAt?: string;
  readonly tries: number;
  /** No earlier than this. */
  readonly next?: number;
  readonly fault?: ShownFault | undefined;
  readonly problems?: readonly ShownProblem[];
  /** Where the post is. */
  readonly url?: string;
  readonly status?: string;
  readonly sent?: number;
}

export interface KeptFile {
  readonly id: string;
  readonly blob: Blob;
}
