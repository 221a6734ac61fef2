/** Files that come as a form, and what is stored of them. */
import { rm } from "node:fs/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ADDRESSES, DIRECT_BYTES } from "../../../lib/base/writing.ts";
import { contentTypeOf } from "../../../lib/content/facts/mime.ts";
import { storeMedia } from "../../../lib/micropub/media/store.ts";
import { readObject } from "../../../lib/stores/store.ts";
import { answering } from "../../support/answering.ts";
import { ANNA, type Desk, desk, errorIn, keysOf, ORIGIN, SITE } from "./desk.ts";
import { ftyp, gif, jpeg, png, REFUSED_SAMPLES, TAKEN_SAMPLES } from "./samples.ts";

/** Of what a browser shows as a picture, sound or video, and runs nothing of. */
const HARMLESS =
  /^(?:image\/(?:jpeg|png|gif|webp|avif)|audio\/(?:mpeg|x-m4a|ogg|wav|flac|webm)|video\/(?:mp4|quicktime|webm))$/;

let at: Desk;

beforeEach(async () => {
  at = await desk();
});

afterEach(() => rm(at.folder, { recursive: true, force: true }));

describe("of a website that serves its media itself", () => {
  const OWN = SITE.replace(/media: .*\n/, "");
  const URL = "https://example.com/media/2027/01/name-1.png";

  test.each([
    ["hugo", {}, "static/media/"],
    ["astro", {}, "public/media/"],
    ["jekyll", {}, "media/"],
    ["hexo", {}, "source/media/"],
    ["hexo", { "source/_posts/a.md": "a" }, "source/media/"],
    // The content is Hexo's source folder.
    ["hexo", { "_posts/a.md": "a" }, "media/"],
  ])("%s with %j, a file lies where the site's generator finds it", async (dialect, files, folder) => {
    const own = await desk(`${OWN}dialect: ${dialect}\n`);
    try {
      const { content } = own.input;
      for (const [key, text] of Object.entries(files))
        await content.put(key, Buffer.from(text), { contentType: "text/markdown" });
      expect((await own.send(png(), "image/png")).headers.get("location")).toBe(URL);
      expect(await keysOf(content, folder)).toEqual([`${folder}2027/01/name-1.png`]);
    } finally {
      await rm(own.folder, { recursive: true });
    }
  });

  test("a file that comes in parts does, too, and has no trace if it is none", async () => {
    const own = await desk(`${OWN}dialect: zola\n`);
    try {
      const complete = async (bytes: Uint8Array) =>
        own.ask("POST", `${ADDRESSES.uploads}/${await own.upload(bytes, "image/png")}/complete`);
      expect((await complete(png())).headers.get("location")).toBe(URL);
      expect((await complete(Buffer.from("<script>"))).status).toBe(415);
      expect(await keysOf(own.input.content, "")).toEqual(["site.yaml", "static/media/2027/01/name-1.png"]);
    } finally {
      await rm(own.folder, { recursive: true });
    }
  });
});

describe("a file that is sent as a form", () => {
  test.each(TAKEN_SAMPLES)(
    "%s is stored by its content under a name of ours, in the month of the site's clock",
    async (claimed, bytes, served, extension) => {
      const response = await at.send(bytes, claimed, "../../posts/evil.html");
      expect(response.status).toBe(201);
      const location = `https://media.example.com/media/2027/01/name-1.${extension}`;
      expect(response.headers.get("location")).toBe(location);
      expect(await response.json()).toEqual({ url: location, type: served });
      expect(await at.mediaKeys()).toEqual([`media/2027/01/name-1.${extension}`]);
      const stored = await readObject(at.input.content, `media/2027/01/name-1.${extension}`);
      expect(Buffer.compare(stored?.body ?? Buffer.alloc(0), bytes)).toBe(0);
      // What a push of the same file would put it with.
      expect(contentTypeOf(location)).toBe(served);
    },
  );

  test.each(TAKEN_SAMPLES.filter(([claimed]) => !/^audio\/(?:webm|mp4)/.test(claimed)))(
    "%s needs no type of its own",
    async (_, bytes, served) => {
      for (const claimed of ["", "application/octet-stream"]) {
        expect(await (await at.send(bytes, claimed)).json()).toMatchObject({ type: served });
      }
    },
  );

  test.each(REFUSED_SAMPLES)("%s is refused, whatever it is called, and nothing stays", async (_, bytes) => {
    for (const claimed of ["", "image/jpeg", "image/png", "video/mp4", "audio/mpeg", "image/svg+xml", "text/html"]) {
      const response = await at.send(bytes, claimed, "photo.jpg");
      expect(response.status).toBe(415);
      expect((await errorIn(response)).error).toBe("unsupported_type");
    }
    expect(await at.mediaKeys()).toEqual([]);
  });

  test("HEIC is told to be saved as JPEG", async () => {
    const { error_description } = await errorIn(await at.send(ftyp("heic"), "image/heic"));
    expect(error_description).toMatch(/save it as JPEG/);
  });

  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "\ufeff\n<svg\n/>",
    '<?xml version="1.0"?>\n<!-- a gate --><svg xmlns="http://www.w3.org/2000/svg"/>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ""><svg/>',
  ])("SVG is told why: %j", async (text) => {
    const { error_description } = await errorIn(await at.send(Buffer.from(text), "image/svg+xml"));
    expect(error_description).toMatch(/SVG, in which a browser would run .*: save it as PNG/);
  });

  test("that is said to be of another kind is refused", async () => {
    for (const [claimed, bytes] of [
      ["video/mp4", png()],
      ["image/png", ftyp("isom")],
      ["text/html", gif()],
      ["application/pdf", jpeg()],
    ] as const) {
      expect((await errorIn(await at.send(bytes, claimed))).error_description).toMatch(/is said to be/);
    }
    // Of the same kind it is stored as what it is.
    expect(await (await at.send(png(), "image/jpeg")).json()).toMatchObject({ type: "image/png" });
  });

  test("may have HTML in it, since it is stored as what shows it and runs nothing", async () => {
    const response = await at.send(gif("<script>alert(1)</script>"), "image/gif", "x.html");
    expect(await response.json()).toMatchObject({ type: "image/gif", url: expect.stringMatching(/\.gif$/) });
  });

  test("any bytes of any claimed type and name are refused, or stored as what a browser does not run", async () => {
    const starts = fc.constantFrom(
      ...TAKEN_SAMPLES.map(([, bytes]) => bytes),
      ...REFUSED_SAMPLES.map(([, bytes]) => bytes),
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(starts, fc.uint8Array({ maxLength: 100 }), fc.nat(400))
        .map(([start, more, cut]) => Buffer.concat([start, more]).subarray(0, 1 + cut)),
      fc.tuple(starts, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([start, where, value]) => {
        const changed = Uint8Array.from(start);
        changed[where % changed.length] = value;
        return changed;
      }),
    );
    const type = fc.oneof(
      fc.constantFrom("image/svg+xml", "text/html", "image/jpeg", "video/mp4", "audio/ogg", ""),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(bytes, type, fc.string(), async (body, claimed, name) => {
        const stored = await storeMedia(at.input, { name, type: claimed, bytes: body }).catch((error: Error) => error);
        if (stored instanceof Error) {
          expect(stored.name).toBe("HttpError");
          return;
        }
        expect(stored.type).toMatch(HARMLESS);
        expect(stored.key).toMatch(
          /^media\/2027\/01\/name-\d+\.(?:jpg|png|gif|webp|avif|mp4|mov|webm|weba|m4a|mp3|ogg|opus|wav|flac)$/,
        );
        expect(contentTypeOf(stored.key)).toBe(stored.type);
      }),
      { numRuns: 1500 },
    );
    const elsewhere = (await keysOf(at.input.content)).filter((key) => !key.startsWith("media/2027/01/"));
    expect(elsewhere).toEqual(["site.yaml"]);
  });

  test("that is empty, or no file, or no form, is told what to send", async () => {
    expect((await at.send(new Uint8Array(), "image/jpeg")).status).toBe(400);
    const post = async (body: FormData | string, headers: Record<string, string> = {}) => {
      const { openMedia } = await import("../../../lib/micropub/media/media.ts");
      const request = new Request(ORIGIN + ADDRESSES.media, { method: "POST", body, headers });
      const response = await answering(() => openMedia(at.input).answer(request, ANNA));
      expect(response?.status).toBe(400);
      return response && errorIn(response);
    };
    const form = new FormData();
    form.append("file", "just a text");
    expect((await post(form))?.error_description).toMatch(/part named file/);
    expect((await post(new FormData()))?.error_description).toMatch(/part named file/);
    expect((await post("{}", { "content-type": "application/json" }))?.error_description).toMatch(
      /multipart\/form-data/,
    );
    expect((await post("no parts", { "content-type": "multipart/form-data; boundary=x" }))?.error_description).toMatch(
      /cut short/,
    );
  });

  test("that is larger than a function is given is told to come in parts, whatever length it says it has", async () => {
    const response = await at.send(Buffer.concat([jpeg(), Buffer.alloc(DIRECT_BYTES)]), "image/jpeg");
    expect(response.status).toBe(413);
    expect((await errorIn(response)).error_description).toContain(`POST ${ORIGIN}/write/uploads`);
    expect(await at.mediaKeys()).toEqual([]);
  });

  test("needs a scope that lets somebody write", async () => {
    const response = await at.send(jpeg(), "image/jpeg", "a.jpg", { ...ANNA, scopes: ["profile", "delete"] });
    expect([response.status, (await errorIn(response)).error]).toEqual([403, "insufficient_scope"]);
    for (const scope of ["media", "create", "draft"] as const) {
      expect((await at.send(jpeg(), "image/jpeg", "a.jpg", { ...ANNA, scopes: [scope] })).status).toBe(201);
    }
  });

  test("waits for a site.yaml that can be used", async () => {
    const broken = await desk("title: [");
    const response = await broken.send(jpeg(), "image/jpeg");
    expect([response.status, (await errorIn(response)).error]).toEqual([503, "site_unusable"]);
    await rm(broken.folder, { recursive: true });
  });

  test("has the address at which the site serves media, its own where it names none", async () => {
    const own = await desk(SITE.replace(/media: .*\n/, ""));
    const { url } = (await (await own.send(jpeg(), "image/jpeg")).json()) as { url: string };
    expect(url).toMatch(/\/media\/2027\/01\/name-1\.jpg$/);
    await rm(own.folder, { recursive: true });
  });
});

test("other methods and other addresses are not answered as if they were these", async () => {
  const response = await at.ask("GET", ADDRESSES.media);
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  await expect(at.ask("GET", "/write/mediate")).rejects.toThrow("nothing answers");
  await expect(at.ask("POST", "/write/uploadsx")).rejects.toThrow("nothing answers");
});
