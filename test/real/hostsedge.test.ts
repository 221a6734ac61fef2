/** What nginx and Caddy answer, held against the edge's own decisions, with names of ours and of the owner's. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decide } from "../../lib/edge/decide.ts";
import { edgeOf } from "../../lib/edge/edge.ts";
import { PERSON, request } from "../edge/edges.ts";
import { type Asked, addresses, expected, isOwnWay, nameIn, redirectTo, SITES } from "../hosts/questions.ts";
import { siteFrom } from "../hosts/sites.ts";
import { type StaticServer, startHost } from "./statichosts.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-hosts-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(
  (["nginx", "caddy"] as const).flatMap((host) => Object.entries(SITES).map(([name, site]) => ({ host, name, site }))),
)("$host, $name", ({ host, name, site: given }) => {
  let server: StaticServer;
  beforeAll(async () => {
    server = await startHost(host, join(folder, `${host}-${name.replace(/\W/g, "")}`), given);
  });
  afterAll(() => server.close());

  test("answers as the edge does", async () => {
    const edge = edgeOf(siteFrom(given.site));
    const all = Object.entries(await server.world.dump(server.world.public));
    const stored = Object.fromEntries(all.filter(([path]) => given.pages[given.below + path] === undefined));
    const differences: string[] = [];
    for (const address of addresses(Object.keys(stored), edge.base)) {
      for (const headers of [{}, PERSON]) {
        const about = { address, stored, site: given };
        const wanted = expected(decide(request(address, headers), edge), about);
        const got = await answered(await server.get(address, headers), about);
        if (got !== wanted && !isOwnWay(got, wanted))
          differences.push(`${address}${headers === PERSON ? " (person)" : ""}: ${got}, not ${wanted}`);
      }
    }
    expect(differences).toEqual([]);
  });
});

async function answered(response: Response, { address, stored }: Asked): Promise<string> {
  const text = await response.text();
  const { status, headers } = response;
  const name = nameIn(stored, text);
  if (status === 200) return name ? `200 ${headers.get("content-type")} ${name}` : `200 ${text}`;
  const location = headers.get("location")?.replace(/^(?:https:\/\/example\.com|http:\/\/127\.0\.0\.1:\d+)(?=\/)/, "");
  return location === undefined ? String(status) : redirectTo(status, location, address);
}
