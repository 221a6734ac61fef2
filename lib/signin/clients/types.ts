/** How the document of an app is read. */

export interface ClientDocument {
  /** Media type in lower case, without parameters. */
  readonly type: string;
  readonly links: string | undefined;
  readonly text: string;
}

/** `undefined` where there is none, or none that may be read. */
export type FetchClient = (client: URL) => Promise<ClientDocument | undefined>;
