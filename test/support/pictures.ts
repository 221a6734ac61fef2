/** Headers of pictures, as small files. */

export function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 2], 24);
  return bytes;
}

/** A progressive one, with a comment and a table before its frame. */
export function jpeg(width: number, height: number, comment: Uint8Array = new Uint8Array()): Buffer {
  const segment = (marker: number, body: Uint8Array) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(body.length + 2);
    return Buffer.concat([Buffer.from([0xff, marker]), length, body]);
  };
  const frame = Buffer.alloc(15);
  frame[0] = 8;
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  frame[5] = 3;
  const before = [segment(0xe0, Buffer.from("JFIF\0")), segment(0xfe, comment), segment(0xc4, Buffer.alloc(20))];
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...before, Buffer.from([0xff]), segment(0xc2, frame)]);
}
