/** What a host needs is worked out anew only where it may be another. */
import { expect, test } from "vitest";
import { hostFiles } from "../../lib/hosts/hosts.ts";
import { HEAD, siteFrom } from "./sites.ts";

const PATHS = ["rss.xml", "tags/weirs/rss.xml", "index.html"];

test.each(["files", "netlify", "nginx", "caddy"])(
  "the files for %s are the same as long as paths and site are",
  (host) => {
    const site = siteFrom(`${HEAD}host: ${host}\naliases: [{ "old/*.xml": tags/*/rss.xml }]\n`);
    const files = hostFiles(site, PATHS);
    expect(hostFiles(site, [...PATHS])).toBe(files);
    for (const others of [[...PATHS, "tags/eels/rss.xml"], PATHS.slice(1), PATHS.with(1, "tags/eels/rss.xml")]) {
      expect(hostFiles(site, others)).not.toBe(files);
      expect(hostFiles(site, others)).toEqual(hostFiles({ ...site }, others));
    }
    expect(hostFiles({ ...site }, PATHS)).toEqual(files);
  },
);
