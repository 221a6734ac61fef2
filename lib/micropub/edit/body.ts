/** A text in the place of the one that a file has. */
import type { Splice } from "./types.ts";

/** Between the blank lines above it and at its end, which stay. */
export function bodySplice(text: string, bodyAt: number, body: string): Splice {
  const written = text.slice(bodyAt);
  const above = /^(?:[ \t]*\n)*/.exec(written)?.[0].length ?? 0;
  const below = written.trimEnd().length;
  if (below <= above) {
    const gap = bodyAt === 0 ? "" : "\n";
    return {
      start: bodyAt,
      end: text.length,
      text: `${text.charAt(bodyAt - 1) === "\n" || bodyAt === 0 ? gap : "\n\n"}${body}\n`,
    };
  }
  return { start: bodyAt + above, end: bodyAt + below, text: body };
}

/** Without what stays the same at both ends, whose bytes are left alone. */
export function narrowed(whole: string, { start, end, text }: Splice): Splice {
  const most = Math.min(end - start, text.length);
  let same = 0;
  while (same < most && whole[start + same] === text[same]) same += 1;
  let after = 0;
  while (after < most - same && whole[end - 1 - after] === text[text.length - 1 - after]) after += 1;
  return { start: start + same, end: end - after, text: text.slice(same, text.length - after) };
}
