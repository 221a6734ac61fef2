/** Builds the edge functions for CloudFront's JavaScript runtime 2.0, with the site's data inlined. */
import { buildSync } from "esbuild";
import { edgeOf } from "../../lib/edge/edge.ts";
import type { Edge } from "../../lib/edge/folders.ts";
import type { Site } from "../../lib/site/types.ts";
import { SettingsError } from "../settings.ts";

/** CloudFront's limit on the size of a function. */
export const MAX_BYTES = 10_240;

export interface EdgeCode {
  readonly request: string;
  readonly response: string;
}

/** Throws a `SettingsError` when a function would be too large. */
export function edgeCode(site: Site): EdgeCode {
  const edge = edgeOf(site);
  // Retired addresses never reach the store, so its responses need no rule for them.
  const served = { ...edge, aliases: edge.aliases.filter(({ as }) => as === undefined) };
  return { request: built("viewerRequest", edge), response: built("viewerResponse", served) };
}

function built(name: "viewerRequest" | "viewerResponse", edge: Edge): string {
  const { outputFiles } = buildSync({
    entryPoints: [`infra/edge/${name}.ts`],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    legalComments: "none",
    // The runtime is ECMAScript 5.1 with a few later features.
    target: "es5",
    supported: { "const-and-let": true, arrow: true, "template-literal": true },
    define: { EDGE: JSON.stringify(edge) },
  });
  // The runtime has no exports: it calls the function named `handler`.
  const code = (outputFiles[0]?.text ?? "").replace(
    /export\s*\{\s*([\w$]+) as handler\s*\};?\s*$/,
    (_, inner) => `function handler(e){return ${inner}(e)}\n`,
  );
  const bytes = Buffer.byteLength(code);
  if (bytes > MAX_BYTES) {
    throw new SettingsError(
      `site.yaml: the edge function would have ${bytes} bytes, and CloudFront takes at most ${MAX_BYTES}: name fewer aliases, ` +
        "retired feeds or channels (one with * stands for many)",
    );
  }
  return code;
}
