/** A line to a server over a network that breaks: it is cut as often as it is told to, in the middle of what is sent. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Line {
  readonly origin: string;
  /** How often it was cut. */
  readonly cuts: number;
  /** Each number: cut every connection once so many further bytes have gone up. */
  cutAfter(...bytes: readonly number[]): void;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let sent = 0;
  let cuts = 0;
  let waiting: number[] = [];
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket)).on("error", () => socket.destroy());
    }
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    near.on("data", (bytes) => {
      sent += bytes.length;
      const [next] = waiting;
      if (next === undefined || sent < next) return;
      sent = 0;
      cuts += 1;
      waiting = waiting.slice(1);
      for (const socket of open) socket.resetAndDestroy();
    });
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return cuts;
    },
    cutAfter(...bytes) {
      sent = 0;
      waiting = [...bytes];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
