/** Patterns that are slow for some text, and never meet it; a pattern that is altered asks again. */
const A_KEY = "the key of a file, of which a store allows 1,024 bytes";
const A_SHOWN_LINE = "a line of at most 200 characters, for which a fix is shown";

export const ALLOWED: ReadonlyMap<string, string> = new Map([
  [
    String.raw`/^(?:\.git|node_modules|\.DS_Store|\.~dripfeed-.*|.*~|\.#.*|#.*#|\..*\.sw[a-z]|4913|.*\.tmp|.*___jb_\w+___|\.goutputstream-.*|~\$.*)$/`,
    "the name of a file or folder, of which a file system allows 255 bytes",
  ],
  [String.raw`/\s*\n\s*/g`, "our own style sheet, which is minified once"],
  [String.raw`/(?:^|\/)_posts\/(?:.*\/)?\d{4}-\d{1,2}-\d{1,2}-[^/]*$/`, A_KEY],
  [String.raw`/^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[-_]+(.+)$/`, A_KEY],
  [String.raw`/^(.*?)(\s+#.*)?$/`, A_SHOWN_LINE],
  [String.raw`/^(\s*(?:- +)?[\p{L}\p{N}_.-]+)\s*：\s*(.*)$/u`, A_SHOWN_LINE],
  [String.raw`/^\s*([\w.-]+)\s*[:：]\s*(.*)$/`, A_SHOWN_LINE],
  [String.raw`/\s+#.*$/`, A_SHOWN_LINE],
  [
    String.raw`/^[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s:=：#"'{}[\],-][^:=：\n]{0,99})[ \t]*[:=：][ \t]*(.*)$/s`,
    "the first 1,000 characters of a line, where blanks are read again for each of 100 characters at most",
  ],
  [String.raw`/[a-z]{2,}\s+[a-z]{2,}|\]\(/i`, "a formula of at most 24 characters"],
  [
    String.raw`/^(?:(\d{1,4})\s*(?:h|hrs?|hours?|小时|小時|时))?[\s,]*(?:(\d{1,6})\s*(?:m|mins?|minutes?|分钟|分鐘|分))?[\s,]*(?:(\d{1,8})(?:\.\d{1,9})?\s*(?:s|secs?|seconds?|秒))?$/i`,
    "a duration of at most 60 characters",
  ],
  [
    String.raw`/^[\u00a0\u00ad\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffd\s]+|[\u00a0\u00ad\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffd\s]+$/g`,
    "a name of at most 100 characters",
  ],
]);
