/** The fake's media: whole files, and files in parts. */
import { type Fake, type FakePart, refused } from "./types.ts";

const PART = 5_000_000;

interface Upload {
  readonly size: number;
  readonly parts: Map<number, Buffer>;
}

export function fakeUploads({ origin, files }: Fake): FakePart {
  const uploads = new Map<string, Upload>();
  let count = 0;
  const partsOf = (size: number) => ({ partSize: PART, parts: Math.ceil(size / PART) });
  return ({ method, path, json, body }) => {
    if (path === "media") {
      if (body.includes('filename="refused')) return refused(415, "unsupported_type", "the file is audio/amr");
      const url = `${origin}/media/${++count}.jpg`;
      const start = body.indexOf("\r\n\r\n") + 4;
      files.set(url, body.subarray(start, body.lastIndexOf("\r\n--")));
      return { status: 201, json: { url, type: "image/jpeg" }, headers: { location: url } };
    }
    if (path === "uploads") {
      const [id, size] = [`u${++count}`, json.size ?? 0];
      uploads.set(id, { size, parts: new Map() });
      return { status: 201, json: { id, ...partsOf(size), url: `${origin}/media/${id}` } };
    }
    const [, id = "", rest = ""] = /^uploads\/(\w+)\/?(.*)$/.exec(path) ?? [];
    const upload = uploads.get(id);
    if (!path.startsWith("uploads/")) return undefined;
    if (!upload) return refused(404, "not_found", "there is no such upload: begin another");
    if (rest === "" && method === "GET") {
      const received = [...upload.parts].map(([number, { length }]) => ({ number, size: length }));
      return { status: 200, json: { id, size: upload.size, ...partsOf(upload.size), received } };
    }
    if (rest === "addresses") {
      const addresses = (json.parts ?? []).map((part) => [part, `${origin}/write/uploads/${id}/parts/${part}`]);
      return { status: 200, json: { addresses: Object.fromEntries(addresses), expires: "2026-06-01T13:00:00Z" } };
    }
    if (rest.startsWith("parts/")) {
      upload.parts.set(Number(rest.slice("parts/".length)), body);
      return { status: 200 };
    }
    if (rest !== "complete") return undefined;
    const url = `${origin}/media/${id}`;
    const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    files.set(url, Buffer.concat(parts));
    uploads.delete(id);
    return { status: 201, json: { url, type: "video/webm" }, headers: { location: url } };
  };
}
