/** A request to AWS and its answer, as they are on the wire. */

/** By their names in lower case. */
export interface WireHeaders {
  readonly [name: string]: string | readonly string[] | number | undefined;
}

export interface WireRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: WireHeaders;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: WireHeaders;
  readonly body: string;
}

export const headerOf = (headers: WireHeaders, name: string): string | undefined => {
  const value = headers[name];
  return value === undefined ? undefined : typeof value === "object" ? value.join(", ") : String(value);
};

/** The service for which a request is signed: `s3`. `undefined` for any other request. */
export const serviceOf = ({ headers }: Pick<WireRequest, "headers">): string | undefined =>
  /^AWS4-HMAC-SHA256 Credential=[^/,]+\/\d{8}\/[\w-]+\/([\w-]+)\/aws4_request/.exec(
    headerOf(headers, "authorization") ?? "",
  )?.[1];
