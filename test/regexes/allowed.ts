/** Patterns that are slow for some text, and never meet it; a pattern that is altered asks again. */
export const ALLOWED: ReadonlyMap<string, string> = new Map([
  [
    String.raw`/^(?:\.git|node_modules|\.DS_Store|\.~dripfeed-.*|.*~|\.#.*|#.*#|\..*\.sw[a-z]|4913|.*\.tmp|.*___jb_\w+___|\.goutputstream-.*|~\$.*)$/`,
    "the name of a file or folder, of which a file system allows 255 bytes",
  ],
  [String.raw`/\s*\n\s*/g`, "our own style sheet, which is minified once"],
]);
