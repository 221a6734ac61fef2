/** Collects warnings about templates: one for each subject, at its first line, with how often it occurs. */
import { present } from "../../base/optional.ts";
import type { ProblemCode } from "../../base/problems.ts";
import { lineFinder } from "../lines.ts";
import type { TemplateWarning, Warn } from "./types.ts";

export interface Warnings {
  readonly warn: Warn;
  /** Whether something was left out that may have defined the labels of links. */
  readonly mayLackLinks: () => boolean;
  /** In the order of their lines; `lacksLinks` adds that link definitions may be missing. */
  readonly list: (lacksLinks: boolean) => readonly TemplateWarning[];
}

interface Warned {
  readonly at: number;
  readonly message: string;
  readonly code: ProblemCode;
  readonly hasLinks: boolean;
  readonly fix: string | undefined;
  readonly times: number;
}

export function makeWarnings(text: string): Warnings {
  const bySubject = new Map<string, Warned>();
  const all = () => [...bySubject.values()];
  return {
    warn(at, message, code, { subject = message, hasLinks = false, fix }) {
      const key = `${code} ${subject}`;
      const known = bySubject.get(key);
      const first = known && known.at < at ? known : { at, message, code, fix };
      const times = (known?.times ?? 0) + 1;
      bySubject.set(key, { ...first, times, hasLinks: hasLinks || (known?.hasLinks ?? false) });
    },
    mayLackLinks: () => all().some(({ hasLinks }) => hasLinks),
    list(lacksLinks) {
      const lineAt = lineFinder(text);
      return all()
        .sort((one, other) => one.at - other.at)
        .map(({ at, message, code, hasLinks, fix, times }) => {
          const often = times > 1 ? ` (${times} times)` : "";
          const missing = lacksLinks && hasLinks ? "; link definitions may be missing with it" : "";
          return { code, line: lineAt(at), message: `${message}${often}${missing}`, ...present({ fix }) };
        });
    },
  };
}
