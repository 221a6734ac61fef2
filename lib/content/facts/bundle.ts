/** The picture of a post of Hugo that no key of its own names: one of its resources, or a file beside it with a usual name. */
import picomatch from "picomatch";
import { folderOf } from "../../base/paths.ts";
import { isCostlyGlob } from "../../site/rules.ts";
import { isThere } from "../files/paths.ts";
import { isMapValue } from "../frontmatter/types.ts";
import { type Fields, firstText } from "../frontmatter/values.ts";
import type { NotedFacts } from "../outside.ts";
import { listOf } from "./members.ts";

const ENDINGS = ["jpg", "png", "jpeg", "webp"];

/** What themes call a resource that is the picture of a post, the one that counts first before the others. */
const RESOURCES = [
  /^featured?(?:[-_ ]?(?:image|img|picture))?$/i,
  /^(?:cover|banner|header|hero)/i,
  /^(?:thumb|featured?[-_ ])/i,
];

/** Few, since each that is looked for is a dependency of the post. Hugo's own templates take any file with such a part. */
const USUAL = ["featured", "feature", "cover", "thumbnail"].flatMap((stem) => ENDINGS.map((end) => `${stem}.${end}`));

/** As front matter would name it. */
export function pictureInBundle(
  fields: Fields,
  key: string,
  outside: Pick<NotedFacts, "sizeOf" | "isLookedUp">,
): string | undefined {
  const exists = (name: string) => outside.isLookedUp && isThere(folderOf(key) + name, outside);
  const resources = listOf(fields.get("resources")?.value ?? null).flatMap((each) => {
    const src = isMapValue(each) ? firstText(each, ["src"]) : undefined;
    return src === undefined || src.length > LONGEST ? [] : [{ src, name: firstText(each, ["name"]) ?? src }];
  });
  for (const pattern of RESOURCES) {
    const src = resources.find(({ name }) => pattern.test(name.replace(/\.\w{3,4}$/, "")))?.src;
    const file = src === undefined || !/[*?[{]/.test(src) ? src : matching(src).find(exists);
    if (file !== undefined) return file;
  }
  return /(?:^|\/)index(?:\.[\w-]+)?\.\w+$/.test(key) ? USUAL.find(exists) : undefined;
}

const LONGEST = 1_000;

/** The names that a glob of a resource may mean; what files there are is not known. */
function matching(glob: string): readonly string[] {
  const [, stem] = /^([^*?[{]+)\.(?:\*|\{[\w,]{1,50}\})$/.exec(glob) ?? [];
  const names = stem === undefined ? USUAL : ENDINGS.map((end) => `${stem}.${end}`);
  if (isCostlyGlob(glob)) return [];
  const matches = picomatch(glob, { nocase: true });
  return names.filter((name) => matches(name));
}
