/** A server between functions and the object gateway, so that this process sees what they ask of it. */
import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Between {
  readonly origin: string;
  close(): Promise<void>;
}

/** `seen` is told the method and the path of each request. */
export async function openProxy(target: string, seen: (asked: string) => void = () => undefined): Promise<Between> {
  const { hostname, port } = new URL(target);
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    seen(`${method} ${path}`);
    const onward = ask({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, "not-aws": "the gateway" });
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    // A function that was killed asks no more.
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
