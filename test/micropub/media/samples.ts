/** Files of media, as small as their types can be told by, and what is none. */

const text = (value: string): Buffer => Buffer.from(value, "latin1");
const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number): Buffer => Buffer.concat([u16(Math.floor(value / 65536)), u16(value % 65536)]);

const segment = (marker: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), u16(body.length + 2), body]);

/** A place in Berlin, and the name of a person, as cameras note them. */
export const SECRETS = ["52/1 31/1 12/1 GPSLatitude", "Erika Mustermann"] as const;

/** Exif with a direction, a text in a tag, and whatever else. */
export function exif(orientation: number, order: "II" | "MM" = "MM"): Buffer {
  const little = order === "II";
  const short = (value: number) => (little ? Buffer.from([value & 255, value >> 8]) : u16(value));
  const long = (value: number) => (little ? Buffer.from(u32(value)).reverse() : u32(value));
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([short(tag), short(type), long(count), value]);
  return Buffer.concat([
    text(`Exif\0\0${order}`),
    ...[short(42), long(8), short(2)],
    entry(0x010f, 2, 4, text("Cam\0")),
    entry(0x0112, 3, 1, Buffer.concat([short(orientation), short(0)])),
    long(0),
    text(SECRETS.join(" ")),
  ]);
}

const FRAME = segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
/** With a byte of the picture that looks like a marker, and a restart. */
const SCAN = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([1, 0xff, 0, 2, 0xff, 0xd0, 3]),
]);

/** `notes`: further segments before the frame. */
export const jpeg = (notes: readonly Buffer[] = [], after: Uint8Array = new Uint8Array()): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, text("JFIF\0\x01\x01\0\0\x01\0\x01\0\0")),
    ...notes,
    segment(0xdb, Buffer.alloc(65)),
    FRAME,
    segment(0xc4, Buffer.alloc(20)),
    SCAN,
    Buffer.from([0xff, 0xd9]),
    after,
  ]);

export const notes = (orientation = 6, order: "II" | "MM" = "MM"): readonly Buffer[] => [
  segment(0xe1, exif(orientation, order)),
  segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SECRETS[0]}</x:xmpmeta>`)),
  segment(0xe2, text(`MPF\0${SECRETS[0]}`)),
  segment(0xed, text(`Photoshop 3.0\0${SECRETS[1]}`)),
  segment(0xfe, text(SECRETS[1])),
];

/** A segment that decides how the picture looks. */
export const PROFILE = segment(0xe2, text("ICC_PROFILE\0\x01\x01profile"));

const chunk = (name: string, body: Uint8Array): Buffer =>
  Buffer.concat([u32(body.length), text(name), body, Buffer.alloc(4)]);

export const png = (extra: readonly (readonly [string, Uint8Array])[] = [], after = ""): Buffer =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
    ...extra.map(([name, body]) => chunk(name, body)),
    chunk("IDAT", Buffer.alloc(12)),
    chunk("IEND", Buffer.alloc(0)),
    text(after),
  ]);

const riff = (form: string, chunks: readonly (readonly [string, Uint8Array])[]): Buffer => {
  const body = Buffer.concat(
    chunks.flatMap(([name, bytes]) => [
      text(name),
      Buffer.from(u32(bytes.length)).reverse(),
      bytes,
      Buffer.alloc(bytes.length % 2),
    ]),
  );
  return Buffer.concat([text("RIFF"), Buffer.from(u32(body.length + 4)).reverse(), text(form), body]);
};

export const webp = (extra: readonly (readonly [string, Uint8Array])[] = []): Buffer =>
  riff("WEBP", [
    ["VP8X", Buffer.from([extra.length > 0 ? 0x1c : 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ["VP8 ", Buffer.alloc(11)],
    ...extra,
  ]);

export const ftyp = (brand: string, size = 64): Buffer =>
  Buffer.concat([
    u32(24),
    text(`ftyp${brand}`),
    u32(0),
    text(brand),
    text("isom"),
    Buffer.alloc(Math.max(0, size - 24), 7),
  ]);

const ebml = (doctype: string): Buffer => {
  const id = (hex: string) => Buffer.from(hex, "hex");
  const name = Buffer.concat([id("4282"), Buffer.from([0x80 | doctype.length]), text(doctype)]);
  return Buffer.concat([
    id("1a45dfa3"),
    Buffer.from([0x80 | name.length]),
    name,
    id("18538067"),
    id("01ffffffffffffff"),
    Buffer.alloc(32),
  ]);
};

const ogg = (codec: string): Buffer =>
  Buffer.concat([text("OggS\0\x02"), Buffer.alloc(20), Buffer.from([1, 19]), text(codec), Buffer.alloc(40)]);

export const gif = (after = ""): Buffer => Buffer.concat([text("GIF89a\x01\0\x01\0\0\0\0;"), text(after)]);

/** What is taken: the type with which it is served, and the ending of its name. */
export const TAKEN_SAMPLES: readonly (readonly [claimed: string, bytes: Buffer, served: string, extension: string])[] =
  [
    ["image/jpeg", jpeg(), "image/jpeg", "jpg"],
    ["image/png", png(), "image/png", "png"],
    ["image/gif", gif(), "image/gif", "gif"],
    ["image/webp", webp(), "image/webp", "webp"],
    ["image/avif", ftyp("avif"), "image/avif", "avif"],
    ["video/mp4", ftyp("isom"), "video/mp4", "mp4"],
    ["video/mp4", ftyp("mp42"), "video/mp4", "mp4"],
    ["video/x-m4v", ftyp("M4V "), "video/mp4", "mp4"],
    ["video/quicktime", ftyp("qt  "), "video/quicktime", "mov"],
    ["video/webm", ebml("webm"), "video/webm", "webm"],
    ["audio/webm;codecs=opus", ebml("webm"), "audio/webm", "weba"],
    ["audio/mp4", ftyp("M4A "), "audio/x-m4a", "m4a"],
    ["audio/mp4", ftyp("iso5"), "audio/x-m4a", "m4a"],
    [
      "audio/mpeg",
      Buffer.concat([
        text("ID3\x04\0\0\0\0\0\x0a"),
        Buffer.alloc(10),
        Buffer.from([0xff, 0xfb, 0x90, 0x64]),
        Buffer.alloc(400),
      ]),
      "audio/mpeg",
      "mp3",
    ],
    ["audio/mpeg", Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(400)]), "audio/mpeg", "mp3"],
    ["audio/ogg", ogg("OpusHead"), "audio/ogg", "opus"],
    ["audio/ogg", ogg("\x01vorbis"), "audio/ogg", "ogg"],
    [
      "audio/wav",
      riff("WAVE", [
        ["fmt ", Buffer.alloc(16)],
        ["data", Buffer.alloc(8)],
      ]),
      "audio/wav",
      "wav",
    ],
    ["audio/flac", Buffer.concat([text("fLaC\0\0\0\x22"), Buffer.alloc(34)]), "audio/flac", "flac"],
  ];

const HTML = "<!doctype html><script>alert(1)</script>";

/** What is not taken, whatever it is called. */
export const REFUSED_SAMPLES: readonly (readonly [name: string, bytes: Buffer])[] = [
  ["HTML", text(HTML)],
  ["HTML after white space", text(`\n\n  ${HTML}`)],
  ["SVG", text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ["SVG with a declaration", text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["SVG in UTF-16", Buffer.from('\ufeff<?xml version="1.0"?><svg/>', "utf16le")],
  ["XHTML", text('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>')],
  ["PDF", text("%PDF-1.7\n1 0 obj\n")],
  ["a script", text("alert(1)")],
  ["a shell script", text("#!/bin/sh\nrm -rf /\n")],
  ["a program", Buffer.concat([text("\x7fELF\x02\x01\x01"), Buffer.alloc(60)])],
  ["WebAssembly", text("\0asm\x01\0\0\0")],
  ["ZIP", Buffer.concat([text("PK\x03\x04"), Buffer.alloc(40)])],
  ["gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])],
  ["HEIC", ftyp("heic")],
  ["HEIF", ftyp("mif1")],
  ["3GP", ftyp("3gp5")],
  ["MP4 under lock", ftyp("M4P ")],
  ["an unknown brand", ftyp("evil")],
  ["Matroska", ebml("matroska")],
  ["Theora", ogg("\x80theora")],
  ["AVI", riff("AVI ", [["LIST", Buffer.alloc(8)]])],
  ["TIFF", Buffer.concat([text("II*\0"), u32(8), Buffer.alloc(20)])],
  ["BMP", Buffer.concat([text("BM"), Buffer.alloc(60)])],
  ["an icon", Buffer.concat([Buffer.from([0, 0, 1, 0]), Buffer.alloc(40)])],
  ["zeroes", Buffer.alloc(1000)],
  ["a JPEG that is cut short", jpeg().subarray(0, 60)],
  ["a PNG that is cut short", png().subarray(0, 50)],
  ["a WebP that is cut short", webp().subarray(0, 30)],
];
