/** What a request asks for, whichever of the three syntaxes it comes in. */

/** A value of microformats2 JSON: a text, an object, or what extensions add. */
export type Mf2Json = string | number | boolean | null | readonly Mf2Json[] | { readonly [name: string]: Mf2Json };

/** By name; none of them empty. */
export type Properties = ReadonlyMap<string, readonly Mf2Json[]>;

export interface CreateRequest {
  readonly action: "create";
  readonly properties: Properties;
  /** What a request says to the server (`mp-slug`), which is no property of the post. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  /** Files that a multipart request carries, by property. */
  readonly files: readonly (readonly [property: string, file: File])[];
}

export interface UpdateRequest {
  readonly action: "update";
  readonly url: string;
  readonly replace: Properties;
  readonly add: Properties;
  /** A property without values goes as a whole. */
  readonly remove: ReadonlyMap<string, readonly Mf2Json[] | undefined>;
}

export interface RemovalRequest {
  readonly action: "delete" | "undelete";
  readonly url: string;
}

export type MicropubRequest = CreateRequest | UpdateRequest | RemovalRequest;
