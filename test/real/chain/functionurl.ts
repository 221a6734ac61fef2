/** A function URL behind the CDN: requests become events of payload format 2.0, and its results responses. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Behind } from "./cdn.ts";
import type { Environment } from "./lambda.ts";

/**
 * Lambda takes at most 6 MB of a request, and joins headers of one name by commas, but for cookies:
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
const MAX_BYTES = 6 * 1024 * 1024;

/** `added`: the headers that the CDN adds to each request. One request at a time, as a process of Lambda answers them. */
export function behindFunctionUrl(environment: Environment, added: { readonly [name: string]: string }): Behind {
  let last: Promise<unknown> = Promise.resolve();
  return async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (body.length > MAX_BYTES) return void response.writeHead(413).end();
    const [rawPath = "/", rawQueryString = ""] = (request.url ?? "/").split("?");
    const { cookie, host: _, ...given } = request.headers;
    const headers = Object.entries(given).map(([name, value]) => [name, String(value)]);
    const event = {
      version: "2.0",
      routeKey: "$default",
      rawPath,
      rawQueryString,
      ...(cookie !== undefined && { cookies: cookie.split("; ") }),
      headers: { ...Object.fromEntries(headers), ...added, host: "abc.lambda-url.us-east-1.on.aws" },
      requestContext: { http: { method: request.method ?? "GET", path: rawPath, sourceIp: "127.0.0.1" } },
      ...(body.length > 0 && { body: body.toString("base64") }),
      isBase64Encoded: body.length > 0,
    } as unknown as APIGatewayProxyEventV2;
    const invoking = last.then(() => environment.invoke(event));
    last = invoking.catch(() => undefined);
    try {
      const result = (await invoking) as APIGatewayProxyStructuredResultV2;
      for (const each of result.cookies ?? []) response.appendHeader("set-cookie", each);
      for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value));
      response.writeHead(result.statusCode ?? 200);
      response.end(Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8"));
    } catch {
      response.writeHead(502).end();
    }
  };
}
