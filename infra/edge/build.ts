/** Builds the edge functions for CloudFront's JavaScript runtime 2.0, with the site's data inlined. */
import { buildSync } from "esbuild";
import { edgeOf } from "../../lib/edge/edge.ts";
import type { Edge } from "../../lib/edge/folders.ts";
import { edgeParts } from "../../lib/edge/sizes.ts";
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
  const code = { request: built("viewerRequest", edge), response: built("viewerResponse", edge) };
  const bytes = Math.max(...Object.values(code).map((text) => Buffer.byteLength(text)));
  if (bytes > MAX_BYTES) throw new SettingsError(`site.yaml: ${tooLarge(site, bytes)}`);
  return code;
}

function built(name: "viewerRequest" | "viewerResponse", edge: Edge): string {
  const { outputFiles } = buildSync({
    entryPoints: [`infra/edge/${name}.ts`],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    legalComments: "none",
    // The runtime is ECMAScript 5.1 with a few later features, and takes source text in Unicode.
    target: "es5",
    supported: { "const-and-let": true, arrow: true, "template-literal": true },
    charset: "utf8",
    define: { EDGE: JSON.stringify(edge) },
  });
  // The runtime has no exports: it calls the function named `handler`.
  return (outputFiles[0]?.text ?? "").replace(
    /export\s*\{\s*([\w$]+) as handler\s*\};?\s*$/,
    (_, inner) => `function handler(e){return ${inner}(e)}\n`,
  );
}

/** What there is to shorten, by key of `site.yaml`. */
function tooLarge(site: Site, bytes: number): string {
  const parts = edgeParts(site).map(({ key, names, bytes }) => {
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
    return `${key}: ${names.slice(0, NAMED).join(", ")}${more} (${amount(bytes)} bytes)`;
  });
  return (
    `the edge function would have ${amount(bytes)} bytes, ${amount(bytes - MAX_BYTES)} more than CloudFront takes; ` +
    `shorten ${parts.join("; or ")}; one path with * stands for many, and an alias without * and query takes no room`
  );
}

const NAMED = 3;

const amount = (count: number): string => count.toLocaleString("en-US");
