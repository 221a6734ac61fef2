/** A picture as it leaves the phone: upright, no larger than a page needs, and without the position that cameras write into it. */

const MAX_SIDE = 2560;
const QUALITY = 0.85;

export interface Prepared {
  readonly blob: Blob;
  readonly name: string;
  readonly width?: number;
  readonly height?: number;
  readonly duration?: number;
  readonly poster?: Blob;
}

/** Throws if the browser cannot show it. An animation stays as it is: a canvas would keep its first picture alone. */
export async function preparePicture(file: Blob, chosen: string): Promise<Prepared> {
  if (file.type === "image/gif") return { blob: file, name: chosen };
  const name = `${chosen.replace(/\.[^.]*$/, "")}.jpg`;
  const { source, width, height } = await decoded(file);
  try {
    return { name, ...(await drawn(source, width, height, MAX_SIDE)) };
  } finally {
    // Some 200 MB of a picture of 48 megapixels, which phones do not collect soon enough.
    if (source instanceof ImageBitmap) source.close();
  }
}

interface Decoded {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** By an element where the other way fails: Safari shows pictures of the phone that it makes no bitmap of. Both turn it upright. */
async function decoded(file: Blob): Promise<Decoded> {
  try {
    const source = await createImageBitmap(file, { imageOrientation: "from-image" });
    return { source, width: source.width, height: source.height };
  } catch {
    const url = URL.createObjectURL(file);
    const source = new Image();
    source.src = url;
    await source.decode().finally(() => URL.revokeObjectURL(url));
    return { source, width: source.naturalWidth, height: source.naturalHeight };
  }
}

interface Drawn {
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
}

/** Drawn anew as a JPEG, so that nothing but pixels remains; at most so large. */
export async function drawn(
  source: CanvasImageSource,
  fullWidth: number,
  fullHeight: number,
  side: number,
): Promise<Drawn> {
  const scale = Math.min(1, side / Math.max(fullWidth, fullHeight));
  const [width, height] = [Math.round(fullWidth * scale), Math.round(fullHeight * scale)];
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) throw new Error();
  context.fillStyle = "#fff"; // behind what is transparent
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob) throw new Error();
  return { blob, width, height };
}
