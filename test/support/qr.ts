/** A reader of QR codes. */
import jsqr from "jsqr";

/** The package's export is the function itself, though its types say that it has a default. */
export const readCode = jsqr as unknown as typeof jsqr.default;
