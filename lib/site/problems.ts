/** What can be wrong in `site.yaml`, and how to mend it. */
import type { Problem } from "../model.ts";

export const SITE_KEY = "site.yaml";

const CATALOGUE = {
  "site-missing": ["error", "write site.yaml with at least title, url and since; the README shows one"],
  "site-encoding": ["error", "save the file as UTF-8"],
  "site-yaml": ["error", "mend the YAML; a value with `: ` or `#` in it needs quotes"],
  "site-key": ["error", "remove the key, or correct its name"],
  "site-value": ["error", "correct the value; the README lists every key"],
  "site-since": ["warning", "leave since as it was"],
  "site-no-posts": ["warning", "correct the `posts:` globs, or --content; Hexo keeps its posts in source/_posts/**"],
} as const satisfies { readonly [code: string]: readonly [Problem["severity"], string] };

export type SiteProblemCode = keyof typeof CATALOGUE;

export function siteProblem(
  code: SiteProblemCode,
  message: string,
  at: { line?: number; mend?: string } = {},
): Problem {
  const [severity, mend] = CATALOGUE[code];
  return {
    ...{ code, severity, file: SITE_KEY },
    ...(at.line !== undefined && { line: at.line }),
    message,
    mend: at.mend ?? mend,
  };
}

/** For an error of the YAML library that has a remedy of its own. */
export function yamlMend(code: string): string | undefined {
  if (code === "DUPLICATE_KEY") return "keep one of the two";
  if (code === "TAB_AS_INDENT") return "indent with spaces";
  return undefined;
}
