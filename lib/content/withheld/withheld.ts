/** The text of a post without what its author shows nobody, or not everybody. */
import { codeFinder } from "../templates/code.ts";
import type { TemplateWarning } from "../templates/types.ts";
import { paidParts, withAddress } from "./paid.ts";
import { type Rest, withoutParts } from "./ranges.ts";
import { anchorsIn, mayHaveAnchors, remarksIn } from "./remarks.ts";

export interface ShownText extends Rest {
  /** With the lines of the text as it is written. */
  readonly warnings: readonly TemplateWarning[];
}

interface Text {
  readonly isMdx: boolean;
  readonly siteUrl: string;
}

/** Line ends must be `\n`. Most texts have none of it. */
export function withoutWithheld(body: string, { isMdx, siteUrl }: Text): ShownText {
  const codeIn = (text: string) => codeFinder(text, isMdx);
  const addressed = withAddress(body, siteUrl, codeIn);
  const paid = withoutParts(addressed, paidParts(addressed, lazily(codeIn, addressed)));
  const { parts, warnings } = remarksIn(paid.text, lazily(codeIn, paid.text));
  const shown = withoutParts(paid.text, parts);
  const anchors = mayHaveAnchors(shown.text) ? anchorsIn(shown.text, lazily(codeIn, shown.text)) : [];
  const { text, lineOf } = withoutParts(shown.text, anchors);
  const lineInBody = (line: number) => paid.lineOf(shown.lineOf(lineOf(line)));
  return { text, lineOf: lineInBody, warnings: warnings.map((each) => ({ ...each, line: paid.lineOf(each.line) })) };
}

/** Code is looked for once the first mark is found. */
function lazily(codeIn: (text: string) => (at: number) => boolean, text: string): (at: number) => boolean {
  let isCode: ((at: number) => boolean) | undefined;
  return (at) => {
    isCode ??= codeIn(text);
    return isCode(at);
  };
}
