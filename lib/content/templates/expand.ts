/** Stub until the branch lands. */
import type { DialectName } from "../../model.ts";
import type { ProblemCode } from "../../problems.ts";
export interface TemplateContext {
  readonly dialect: DialectName;
  readonly isMdx: boolean;
  readonly siteUrl: string;
  readonly values: ReadonlyMap<string, string>;
  readonly linkTo?: (reference: string) => string | undefined;
}
export interface Expanded {
  readonly markdown: string;
  readonly warnings: readonly {
    readonly code: ProblemCode;
    readonly line: number;
    readonly message: string;
    readonly mend?: string;
  }[];
}
export function expandTemplates(markdown: string, _context: TemplateContext): Expanded {
  return { markdown, warnings: [] };
}
