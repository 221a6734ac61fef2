/** What synth tells an owner who may have overlooked something. */
import { expect, test } from "vitest";
import { notesOf } from "../../infra/notes.ts";
import { readSettings } from "../../infra/settings.ts";
import { CONFIG } from "./deployment.ts";

const settings = readSettings(CONFIG, 2026);
const withSite = (site: object) => ({ ...settings, site: { ...settings.site, ...site } });
const { domain: _, ...bare } = settings;

test("that there is no domain, but feeds are said to be at one", () => {
  const without = { ...bare, domain: undefined };
  expect(notesOf(without)[0]).toMatch(/^note: there is no domain .*: after the first deployment write feeds:/);
  const cdn = { ...without, site: { ...settings.site, feeds: "https://d111111abcdef8.cloudfront.net/" } };
  expect(notesOf(cdn)).toEqual([settings.run.why]);
});

test("that the domain is that of the website, which would be gone", () => {
  const own = withSite({ url: "https://example.com/", feeds: "https://example.com/feeds/" });
  expect(notesOf(own)[0]).toMatch(/^note: example\.com is the host of the website, too/);
  expect(notesOf(withSite({ url: "https://blog.example.com/" }))).toEqual([settings.run.why]);
});

test("that site.yaml says it has a host without an edge", () => {
  expect(notesOf(withSite({ url: "https://blog.example.com/", host: "files" }))[0]).toMatch(/^note: host .* is files/);
});
