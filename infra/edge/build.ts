/** The functions of the edge, built for CloudFront's own JavaScript runtime (2.0) with what they know of the site inside. */
import { buildSync } from "esbuild";
import type { Site } from "../../lib/model.ts";
import type { Edge } from "../../lib/preview/decide.ts";
import { edgeOf } from "../../lib/preview/edge.ts";
import { SettingsError } from "../settings.ts";

/** CloudFront's limit. */
export const MOST_BYTES = 10_240;

export interface EdgeCode {
  readonly request: string;
  readonly response: string;
}

/** Throws a `SettingsError` where a function would be too large. */
export function edgeCode(site: Site): EdgeCode {
  const edge = edgeOf(site);
  // What is served no more has no response of the store.
  const served = { ...edge, aliases: edge.aliases.filter(({ as }) => as === undefined) };
  return { request: built("viewerRequest", edge), response: built("viewerResponse", served) };
}

function built(name: "viewerRequest" | "viewerResponse", edge: Edge): string {
  const { outputFiles } = buildSync({
    entryPoints: [`infra/edge/${name}.ts`],
    ...{ bundle: true, write: false, minify: true, format: "esm", legalComments: "none" },
    // ECMAScript 5.1, and of what came later only this.
    target: "es5",
    supported: { "const-and-let": true, arrow: true, "template-literal": true },
    define: { EDGE: JSON.stringify(edge) },
  });
  // It knows no exports, and calls what is named `handler`.
  const code = (outputFiles[0]?.text ?? "").replace(
    /export\s*\{\s*([\w$]+) as handler\s*\};?\s*$/,
    (_, inner) => `function handler(e){return ${inner}(e)}\n`,
  );
  const bytes = Buffer.byteLength(code);
  if (bytes > MOST_BYTES) {
    throw new SettingsError(
      `site.yaml: the function of the edge would be ${bytes} bytes, and CloudFront takes ${MOST_BYTES}: name fewer aliases, ` +
        "retired feeds or channels (one with * stands for many)",
    );
  }
  return code;
}
