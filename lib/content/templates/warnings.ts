/** What is told of a post's templates: each subject once, at its first line, with how often it is there. */
import type { ProblemCode } from "../../problems.ts";
import type { About } from "./call.ts";
import type { TemplateWarning } from "./expand.ts";

export interface Warnings {
  readonly warn: (at: number, message: string, code: ProblemCode, about: About) => void;
  /** Something was left out that may have said what the labels of links mean. */
  readonly mayLackLinks: () => boolean;
  /** In the order of their lines. */
  readonly told: (lacksLinks: boolean) => readonly TemplateWarning[];
}

interface Told {
  readonly at: number;
  readonly message: string;
  readonly code: ProblemCode;
  readonly hasLinks: boolean;
  readonly times: number;
}

export function makeWarnings(text: string): Warnings {
  const bySubject = new Map<string, Told>();
  const all = () => [...bySubject.values()];
  return {
    warn(at, message, code, { subject = message, hasLinks = false }) {
      const key = `${code} ${subject}`;
      const known = bySubject.get(key);
      const first = known && known.at < at ? known : { at, message, code };
      const times = (known?.times ?? 0) + 1;
      bySubject.set(key, { ...first, times, hasLinks: hasLinks || (known?.hasLinks ?? false) });
    },
    mayLackLinks: () => all().some(({ hasLinks }) => hasLinks),
    told(lacksLinks) {
      const lineAt = lineFinder(text);
      return all()
        .sort((one, other) => one.at - other.at)
        .map(({ at, message, code, hasLinks, times }) => {
          const often = times > 1 ? ` (${times} times)` : "";
          const missing = lacksLinks && hasLinks ? "; link definitions may be missing with it" : "";
          return { code, line: lineAt(at), message: `${message}${often}${missing}` };
        });
    },
  };
}

/** The line of a place; places are asked for in order. */
function lineFinder(text: string): (at: number) => number {
  let line = 1;
  let from = 0;
  return (at) => {
    for (let next = text.indexOf("\n", from); next >= 0 && next < at; next = text.indexOf("\n", from)) {
      line += 1;
      from = next + 1;
    }
    return line;
  };
}
