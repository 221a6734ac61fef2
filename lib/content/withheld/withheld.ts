/** The text of a post without what its author shows nobody, or not everybody. */
import type { DialectName } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { isHtmlFile } from "../inputs.ts";
import { codeFinder } from "../templates/code.ts";
import type { TemplateWarning } from "../templates/types.ts";
import { paidParts, withAddress } from "./paid.ts";
import { type Rest, withoutParts } from "./ranges.ts";
import { anchorsIn, mayHaveAnchors, type Remarks, remarksIn } from "./remarks.ts";

export interface ShownText extends Rest {
  /** With the lines of the text as it is written. */
  readonly warnings: readonly TemplateWarning[];
}

interface Text {
  readonly isMdx: boolean;
  readonly siteUrl: string;
  readonly hasRemarks: boolean;
}

/**
 * Notes of Obsidian are published as they are, by way of Astro, or by Quartz, whose folder is that of Hugo: where the site does
 * not say which it is. Elsewhere two signs are prose, or code.
 */
export const hasRemarks = (dialect: DialectName, key: string, site: Pick<Site, "dialect">): boolean =>
  (dialect === "plain" || dialect === "astro" || (dialect === "hugo" && site.dialect === undefined)) &&
  !isHtmlFile(key);

/** Line ends must be `\n`. Most texts have none of it. */
export function withoutWithheld(body: string, { isMdx, siteUrl, hasRemarks }: Text): ShownText {
  const codeIn = (text: string) => codeFinder(text, isMdx);
  const addressed = withAddress(body, siteUrl, codeIn);
  const paid = withoutParts(addressed, paidParts(addressed, codeIn(addressed)));
  const { parts, warnings } = hasRemarks ? remarksIn(paid.text, codeIn(paid.text)) : NO_REMARKS;
  const shown = withoutParts(paid.text, parts);
  const anchors = mayHaveAnchors(shown.text) ? anchorsIn(shown.text, codeIn(shown.text)) : [];
  const { text, lineOf } = withoutParts(shown.text, anchors);
  const lineInBody = (line: number) => paid.lineOf(shown.lineOf(lineOf(line)));
  return { text, lineOf: lineInBody, warnings: warnings.map((each) => ({ ...each, line: paid.lineOf(each.line) })) };
}

const NO_REMARKS: Remarks = { parts: [], warnings: [] };
