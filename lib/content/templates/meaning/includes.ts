/** Files that a text includes, as each generator names them. */
import { foldedName } from "../../../base/names.ts";
import { words } from "../../../base/text.ts";
import { NO_ARGUMENTS } from "../syntax/arguments.ts";
import { COMMENT, SNIPPET } from "../syntax/readers/includes.ts";
import type { Call, IncludeName, Output, Render, TemplateContext, Tools } from "../types.ts";
import { namedOf, table } from "./call.ts";
import { shownFile } from "./included.ts";
import { block, captioned, element, link } from "./output.ts";
import { fixOfUnknown, ownOutput } from "./owner.ts";
import { SHARED } from "./shared.ts";
import { linkOf } from "./unknown.ts";

export const INCLUDES: ReadonlySet<string> = new Set([
  "include",
  "includecached",
  "includerelative",
  "render",
  "partial",
  COMMENT,
  SNIPPET,
]);

const TELLING = new Set(
  words(`
  figure image img picture photo youtube vimeo video audio gist tweet twitter codepen spotify soundcloud bilibili
  button note tip warning info alert callout important danger notice caution toc iframe embed
  `),
);

/** Where the file of each may be. */
const FROM: { readonly [key: string]: IncludeName["from"] } = { includerelative: "beside", [COMMENT]: "beside" };

/**
 * What the owner says of the file; or its text; or what the words of its name mean: `embeds/youtube-player.html` shows what
 * `{% youtube %}` shows.
 */
export const include: Render = (call, tools) => {
  const isComment = call.key === COMMENT;
  const isCode = call.key === SNIPPET;
  const [file = "", ...words] = isComment ? [call.args.raw] : isCode ? snippetOf(call.args.raw) : call.args.words;
  const use = { ...call, args: isComment ? NO_ARGUMENTS : { ...call.args, words } };
  const name = file.split("/").at(-1) ?? "";
  const bare = name.replace(/\.\w+$/, "");
  const own = ownOutput([file, name, bare, call.key], use, tools);
  if (own !== undefined) return own;
  const instead = () => (isComment || isCode ? undefined : (byName(bare, use, tools) ?? linkOf(use, tools)));
  return shownOrTold({ file, from: isCode ? "code" : (FROM[call.key] ?? "includes") }, use, tools, name, instead);
};

/** `@/file.js#part{2 ts:line-numbers} [label]`: the file, its language where it is named, and its label. */
function snippetOf(written: string): readonly string[] {
  const [, file = "", braced = "", label = ""] =
    /^\s*([^\s{[]*)[ \t]*(?:\{([^{}]*)\})?[ \t]*(?:\[([^\]]*)\])?/.exec(written) ?? [];
  const language = /^[\d,\s-]*([^\s:\d][^\s:]*)?/.exec(braced)?.[1];
  return [file, language ?? /\.(\w{1,20})$/.exec(file.split("#", 1)[0] ?? "")?.[1] ?? "", label];
}

/** What a file shows, or what is shown instead; where that is nothing, a warning, with the name for the owner's words. */
function shownOrTold(
  named: Omit<IncludeName, "within">,
  call: Call,
  tools: Tools,
  name: string,
  instead: () => Output = () => undefined,
): Output {
  const shown = shownFile(named, call, tools);
  if (shown.output !== undefined) return shown.output;
  const other = instead();
  if (other !== undefined) return other;
  tools.warn(`${tools.written} ${shown.flaw}`, "template-unknown", {
    subject: `file ${named.file}`,
    hasLinks: true,
    fix:
      shown.fix ??
      (shown.missing === undefined ? "" : `put the file at ${shown.missing}; or `) + fixOfUnknown(name, true),
  });
  return "";
}

function byName(name: string, call: Call, tools: Tools): Output {
  if (foldedName(name) === "gallery") return ownGallery(call, tools.context);
  const key = name
    .split(/[-_.]|(?<=[a-z])(?=[A-Z])/)
    .map(foldedName)
    .find((word) => TELLING.has(word));
  const render = key === undefined ? undefined : SHARED.get(key);
  return key && render?.({ ...call, key, args: { ...call.args, raw: "" } }, tools);
}

/** The pictures that the front matter lists, as the theme minimal-mistakes shows them. */
function ownGallery(call: Call, { gallery }: TemplateContext): Output {
  const pictures = gallery?.(namedOf(call, "id") ?? "gallery") ?? [];
  if (pictures.length === 0) return undefined;
  const shown = pictures.map(({ href, src, alt = "", title }) => {
    const image = element("img", { src, alt, title });
    return href === undefined || href === src ? image : link(href, image);
  });
  return block(captioned(shown.join("\n"), namedOf(call, "caption")));
}

/** `{{% include "file.md" %}}`, `{{< readfile file="file.md" >}}`: shortcodes of Hugo's themes. */
const included: Render = (call, tools) => {
  const file = namedOf(call, "file", "path", "src", "filename", "page") ?? call.args.words[0];
  if (file === undefined) return undefined;
  return shownOrTold({ file, from: "anywhere" }, call, tools, call.key);
};

export const INCLUDING_SHORTCODES = table(["include readfile includefile mdinclude includemd", included]);

/** `import Part from "./_part.mdx"` and `<Part />`. */
export function importedFile(name: string, call: Call, tools: Tools): Output {
  const file = tools.named.get(name);
  if (file === undefined || !/\.mdx?$/i.test(file)) return undefined;
  return shownOrTold({ file, from: "beside" }, call, tools, name);
}
