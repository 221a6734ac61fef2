/**
 * The tests for servers of the public suite, https://micropub.rocks, by their numbers and titles
 * (https://github.com/aaronpk/micropub.rocks, database/data.sql, views/server-tests): all that there are.
 */
import { describe, expect, test } from "vitest";
import { contentTypeOf } from "../../lib/content/facts/mime.ts";
import { readObject } from "../../lib/stores/store.ts";
import { type App, app } from "./app.ts";
import { type Desk, desk, entry } from "./desk.ts";
import { gif, jpeg, png } from "./media/samples.ts";

/** Made as the suite makes them: 201 or 202 with an address. */
async function made(answer: Response): Promise<string> {
  expect([201, 202], await answer.clone().text()).toContain(answer.status);
  return answer.headers.get("location") ?? "";
}

const PHOTO = "https://micropub.rocks/media/sunset.jpg";
const OTHER = "https://micropub.rocks/media/city-at-night.jpg";

async function published(
  to: Desk,
  url: string,
): Promise<{ readonly content_html?: string; readonly tags?: readonly string[] } | undefined> {
  await to.publish();
  const { items } = JSON.parse(await to.read("feed.json"));
  return items.find((item: { url: string }) => item.url === url);
}

async function source(to: Desk, url: string, more = ""): Promise<{ readonly [name: string]: unknown }> {
  const answer = await to.ask(`q=source&url=${encodeURIComponent(url)}${more}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { properties: { readonly [name: string]: unknown } }).properties;
}

describe("micropub.rocks: creating posts", () => {
  test("100: Create an h-entry post (form-encoded)", async () => {
    const to = await desk();
    const url = await made(await to.form("h=entry&content=Micropub+test+of+creating+a+basic+h-entry"));
    expect((await published(to, url))?.content_html).toBe("<p>Micropub test of creating a basic h-entry</p>");
  });

  test("101: Create an h-entry post with multiple categories (form-encoded)", async () => {
    const to = await desk();
    const url = await made(await to.form("h=entry&content=Two+categories&category[]=test1&category[]=test2"));
    expect((await published(to, url))?.tags).toEqual(["test1", "test2"]);
  });

  test("104: Create an h-entry with a photo referenced by URL (form-encoded)", async () => {
    const to = await desk();
    const url = await made(await to.form(`h=entry&content=A+photo&photo=${encodeURIComponent(PHOTO)}`));
    expect((await published(to, url))?.content_html).toContain(`src="${PHOTO}"`);
  });

  test("107: Create an h-entry post with one category (form-encoded)", async () => {
    const to = await desk();
    const url = await made(await to.form("h=entry&content=One+category&category=test1"));
    expect((await published(to, url))?.tags).toEqual(["test1"]);
  });

  test("200: Create an h-entry post (JSON)", async () => {
    const to = await desk();
    const url = await made(await to.json(entry({ content: ["Micropub test of JSON"] })));
    expect((await published(to, url))?.content_html).toBe("<p>Micropub test of JSON</p>");
  });

  test("201: Create an h-entry post with multiple categories (JSON)", async () => {
    const to = await desk();
    const url = await made(await to.json(entry({ content: ["Two"], category: ["test1", "test2"] })));
    expect((await published(to, url))?.tags).toEqual(["test1", "test2"]);
  });

  test("202: Create an h-entry with HTML content (JSON)", async () => {
    const to = await desk();
    const html = "<p>This post has <b>bold</b> and <i>italic</i> text.</p>";
    const url = await made(await to.json(entry({ content: [{ html }] })));
    expect((await published(to, url))?.content_html).toBe(html);
    expect((await source(to, url))["content"]).toEqual([{ html }]);
  });

  test("203: Create an h-entry with a photo referenced by URL (JSON)", async () => {
    const to = await desk();
    const url = await made(await to.json(entry({ content: ["A photo"], photo: [PHOTO] })));
    expect((await published(to, url))?.content_html).toContain(`src="${PHOTO}"`);
  });

  test("204: Create an h-entry post with a nested object (JSON)", async () => {
    const to = await desk();
    const checkin = {
      type: ["h-card"],
      properties: { name: ["Los Gorditos"], latitude: [45.52433], locality: ["Portland"] },
    };
    const url = await made(
      await to.json(
        entry({ published: ["2017-05-31T12:03:36-07:00"], content: ["Lunch meeting"], checkin: [checkin] }),
      ),
    );
    expect(await published(to, url)).toMatchObject({
      content_html: "<p>Lunch meeting</p>",
      date_published: "2017-05-31T19:03:36Z",
    });
    const kept = { ...checkin, properties: { ...checkin.properties, latitude: ["45.52433"] } };
    expect((await source(to, url))["checkin"]).toEqual([kept]);
  });

  test("205: Create an h-entry post with a photo with alt text (JSON)", async () => {
    const to = await desk();
    const photo = { value: PHOTO, alt: "Photo of a sunset" };
    const url = await made(await to.json(entry({ content: ["A sunset"], photo: [photo] })));
    expect((await published(to, url))?.content_html).toContain('alt="Photo of a sunset"');
    expect((await source(to, url))["photo"]).toEqual([photo]);
  });

  test("206: Create an h-entry with multiple photos referenced by URL (JSON)", async () => {
    const to = await desk();
    const url = await made(await to.json(entry({ content: ["Two"], photo: [PHOTO, OTHER] })));
    const html = (await published(to, url))?.content_html;
    expect(html).toContain(`src="${PHOTO}"`);
    expect(html).toContain(`src="${OTHER}"`);
  });

  test("300: Create an h-entry with a photo (multipart)", async () => {
    const to = await desk();
    const form = new FormData();
    form.set("h", "entry");
    form.set("content", "Nice sunset tonight");
    form.set("photo", new File([jpeg()], "sunset.jpg", { type: "image/jpeg" }));
    const url = await made(await to.send(form));
    expect((await published(to, url))?.content_html).toMatch(
      /<img src="https:\/\/[^"]*\/media\/2026\/06\/[^"]+\.jpe?g"/,
    );
  });

  test("301: Create an h-entry with two photos (multipart)", async () => {
    const to = await desk();
    const form = new FormData();
    form.set("content", "Two");
    form.append("photo[]", new File([jpeg()], "sunset.jpg", { type: "image/jpeg" }));
    form.append("photo[]", new File([jpeg()], "city.jpg", { type: "image/jpeg" }));
    const url = await made(await to.send(form));
    expect((await published(to, url))?.content_html?.match(/<img/g)).toHaveLength(2);
  });
});

async function startingWith(properties: {
  readonly [name: string]: readonly unknown[];
}): Promise<{ to: Desk; url: string }> {
  const to = await desk();
  return { to, url: await made(await to.json(entry(properties))) };
}

const changedBy = async (to: Desk, update: object): Promise<void> => {
  const answer = await to.json({ action: "update", ...update });
  expect([200, 201, 204], await answer.clone().text()).toContain(answer.status);
};

describe("micropub.rocks: updating posts", () => {
  test("400: Replace a property", async () => {
    const { to, url } = await startingWith({ content: ["This text should be replaced."] });
    await changedBy(to, { url, replace: { content: ["This is the updated text."] } });
    expect((await published(to, url))?.content_html).toBe("<p>This is the updated text.</p>");
  });

  test("401: Add a value to an existing property", async () => {
    const { to, url } = await startingWith({ content: ["One"], category: ["test1"] });
    await changedBy(to, { url, add: { category: ["test2"] } });
    expect((await published(to, url))?.tags).toEqual(["test1", "test2"]);
  });

  test("402: Add a value to a non-existent property", async () => {
    const { to, url } = await startingWith({ content: ["None"] });
    await changedBy(to, { url, add: { category: ["test1"] } });
    expect((await published(to, url))?.tags).toEqual(["test1"]);
  });

  test("403: Remove a value from a property", async () => {
    const { to, url } = await startingWith({ content: ["Two"], category: ["test1", "test2"] });
    await changedBy(to, { url, delete: { category: ["test2"] } });
    expect((await published(to, url))?.tags).toEqual(["test1"]);
  });

  test("404: Remove a property", async () => {
    const { to, url } = await startingWith({ content: ["Two"], category: ["test1", "test2"] });
    await changedBy(to, { url, delete: ["category"] });
    expect((await published(to, url))?.tags).toBeUndefined();
  });

  test("405: Reject the request if operation is not an array", async () => {
    const { to, url } = await startingWith({ content: ["Micropub update test #405."] });
    const before = await to.file();
    const answers = [
      await to.json({ action: "update", url, replace: "This is not a valid update request." }),
      await to.json({ action: "update", url, replace: { content: "This is no list." } }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: "invalid_request" });
    }
    expect(await to.file()).toBe(before);
  });
});

describe("micropub.rocks: deleting posts", () => {
  async function goneAndBack(
    remove: (to: Desk, url: string) => Promise<Response>,
    back: (to: Desk, url: string) => Promise<Response>,
  ) {
    const { to, url } = await startingWith({ content: ["This post will be deleted."] });
    const before = await to.file();
    expect(await published(to, url)).toBeDefined();
    expect([200, 204]).toContain((await remove(to, url)).status);
    await to.publish({ force: true });
    expect(await to.read("feed.json")).not.toContain("will be deleted");
    expect([200, 201, 204]).toContain((await back(to, url)).status);
    expect(await to.file()).toBe(before);
    expect(await published(to, url)).toBeDefined();
  }
  const byForm = (action: string) => (to: Desk, url: string) =>
    to.form([
      ["action", action],
      ["url", url],
    ]);
  const byJson = (action: string) => (to: Desk, url: string) => to.json({ action, url });

  test("500: Delete a post (form-encoded), 502: Undelete a post (form-encoded)", () =>
    goneAndBack(byForm("delete"), byForm("undelete")));
  test("501: Delete a post (JSON), 503: Undelete a post (JSON)", () =>
    goneAndBack(byJson("delete"), byJson("undelete")));
});

describe("micropub.rocks: queries", () => {
  test("600: Configuration Query", async () => {
    const answer = await (await desk()).ask("q=config");
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.json()).toMatchObject({
      "media-endpoint": "https://feeds.example.com/write/media",
      "syndicate-to": [],
    });
  });

  test("601: Syndication Endpoint Query", async () => {
    expect(await (await (await desk()).ask("q=syndicate-to")).json()).toEqual({ "syndicate-to": [] });
  });

  test("602: Source Query (All Properties)", async () => {
    const { to, url } = await startingWith({
      content: ["Test of querying the endpoint"],
      category: ["micropub", "test"],
    });
    const answer = await (await to.ask(`q=source&url=${encodeURIComponent(url)}`)).json();
    expect(answer).toMatchObject({
      type: ["h-entry"],
      properties: { content: ["Test of querying the endpoint"], category: ["micropub", "test"] },
    });
  });

  test("603: Source Query (Specific Properties)", async () => {
    const { to, url } = await startingWith({ content: ["Some of them"], category: ["micropub", "test"] });
    const found = await source(to, url, "&properties[]=content&properties[]=category");
    expect(found).toEqual({ content: ["Some of them"], category: ["micropub", "test"] });
  });
});

describe("micropub.rocks: media endpoint", () => {
  async function uploaded(name: string, type: string, bytes: Uint8Array<ArrayBuffer>) {
    const to = await app(["create", "media"]);
    const headers = { authorization: `Bearer ${to.token}` };
    const config = (await (await to.send("/write/micropub?q=config", { headers })).json()) as {
      readonly "media-endpoint": string;
    };
    const form = new FormData();
    form.set("file", new File([bytes], name, { type }));
    const answer = await to.send(config["media-endpoint"], { method: "POST", headers, body: form });
    expect(answer.status).toBe(201);
    const { pathname } = new URL(answer.headers.get("location") ?? "");
    expect(await readObject(to.content, pathname.slice(1))).toBeDefined();
    expect(contentTypeOf(pathname)).toBe(type);
  }

  test("700: Upload a jpg to the Media Endpoint", () => uploaded("sunset.jpg", "image/jpeg", Uint8Array.from(jpeg())));
  test("701: Upload a png to the Media Endpoint", () =>
    uploaded("micropub-rocks.png", "image/png", Uint8Array.from(png())));
  test("702: Upload a gif to the Media Endpoint", () =>
    uploaded("w3c-socialwg.gif", "image/gif", Uint8Array.from(gif())));
});

/** As the suite sends them. */
const formOf = (to: App, content: string, how: { readonly inHeader?: boolean; readonly inBody?: boolean }) =>
  to.send("/write/micropub", {
    method: "POST",
    headers: how.inHeader ? { authorization: `Bearer ${to.token}` } : {},
    body: new URLSearchParams({ h: "entry", content, ...(how.inBody ? { access_token: to.token } : {}) }),
  });

describe("micropub.rocks: authentication", () => {
  test("800: Accept access token in HTTP header", async () => {
    const to = await app(["create"]);
    await made(await formOf(to, "Token in the header", { inHeader: true }));
    expect(await to.keys()).toHaveLength(1);
  });

  test("801: Accept access token in POST body", async () => {
    const to = await app(["create"]);
    await made(await formOf(to, "Token in the body", { inBody: true }));
    expect(await to.keys()).toHaveLength(1);
  });

  test("802: Does not store access token property", async () => {
    const to = await app(["create"]);
    await made(await formOf(to, "Testing the token", { inBody: true }));
    const inJson = { method: "POST", body: JSON.stringify(entry({ content: ["x"], access_token: [to.token] })) };
    const headers = { authorization: `Bearer ${to.token}`, "content-type": "application/json" };
    await made(await to.send("/write/micropub", { ...inJson, headers }));
    const secret = to.token.slice(-43);
    for (const store of [to.content, to.state]) expect(JSON.stringify(await to.dump(store))).not.toContain(secret);
  });

  test("803: Rejects unauthenticated requests", async () => {
    const to = await app(["create"]);
    const answer = await formOf(to, "This should not create a post", {});
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: "unauthorized" }]);
    expect(await to.keys()).toEqual([]);
  });

  /** The suite still wants the 401 that the standard had before https://github.com/w3c/Micropub/pull/117 (its own issue 101 says so). */
  test("804: Rejects unauthorized access tokens", async () => {
    const to = await app(["profile"]);
    const answer = await formOf(to, "This should not create a post", { inHeader: true });
    expect([answer.status, await answer.json()]).toMatchObject([
      403,
      { error: "insufficient_scope", scope: "create draft" },
    ]);
    expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
    expect(await to.keys()).toEqual([]);
  });

  /** The code is that of RFC 6750, section 3.1, to which the suite points, and not its own words for it. */
  test("805: Rejects multiple authentication methods", async () => {
    const to = await app(["create"]);
    const answer = await formOf(to, "This should not create a post", { inHeader: true, inBody: true });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: "invalid_request" }]);
    expect(await to.keys()).toEqual([]);
  });
});
