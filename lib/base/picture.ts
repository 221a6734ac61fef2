/** Width and height of a PNG or JPEG file, read from its first bytes. */

export interface PictureSize {
  readonly type: "PNG" | "JPEG";
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** `undefined` for a file of another type, and for one that is cut short. */
export function readPicture(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture = pngSize(view) ?? jpegSize(view);
  return picture && picture.width > 0 && picture.height > 0 ? picture : undefined;
}

/** The signature, and the chunk `IHDR`, which is the first (PNG §5.2, §11.2.1). */
function pngSize(view: DataView): PictureSize | undefined {
  if (view.byteLength < 24 || view.getBigUint64(0) !== 0x89504e470d0a1a0an || view.getUint32(12) !== 0x49484452) {
    return undefined;
  }
  return { type: "PNG", width: view.getUint32(16), height: view.getUint32(20) };
}

/** Segments up to that of a frame, which has the size (ISO/IEC 10918-1, B.1.1 and B.2.2). */
function jpegSize(view: DataView): PictureSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff)
      at += 1; // bytes that fill
    else if (isFrame(marker)) return { type: "JPEG", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else if (marker === 0xd9 || marker === 0xda) return undefined;
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** C4, C8 and CC are tables and extensions. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
