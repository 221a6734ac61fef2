/** Values of `site.yaml` that would put two documents at one place: names of documents, and folders of channels. */
import { DEFAULT_FILES, defaultFolder, SLUG } from "./names.ts";
import type { Site } from "./types.ts";

/** A value that has to change. */
export interface Misplaced {
  readonly path: readonly string[];
  /** What follows the name of the key. */
  readonly message: string;
  readonly fix: string;
}

/** Some file systems ignore case. */
const folded = (path: string): string => path.toLowerCase();

export const misplacedIn = (site: Site): readonly Misplaced[] => [...sameNames(site), ...sameFolders(site)];

function sameNames({ files }: Site): readonly Misplaced[] {
  const all = Object.keys(DEFAULT_FILES) as (keyof Site["files"])[];
  return all.flatMap((as, i) => {
    const other = all.slice(0, i).find((each) => folded(files[each]) === folded(files[as]));
    if (other === undefined) return [];
    const isDefault = files[as] === DEFAULT_FILES[as];
    return [
      {
        path: ["files", isDefault ? other : as],
        message: `is ${files[as]}, the name that ${isDefault ? as : other} has${isDefault ? " by default" : ""}`,
        fix: `give each a name of its own, such as \`files: { rss: index.xml, atom: atom.xml }\``,
      },
    ];
  });
}

function sameFolders({ kinds, channels }: Site): readonly Misplaced[] {
  const all = Object.entries(kinds).map(([kind, { path }]) => ({ kind, path: folded(path) }));
  const ofKinds = all.flatMap(({ kind, path }, i) => {
    const other = all.slice(0, i).find((each) => each.path === path);
    if (!other) return [];
    const [mistaken, right] = path === defaultFolder(kind) ? [other.kind, kind] : [kind, other.kind];
    return [
      {
        path: ["kinds", mistaken, "path"],
        message: `is ${path}, as that of ${right}: a name of both would have two channels in one folder`,
        fix: `write another folder, such as \`path: "${defaultFolder(mistaken)}"\`; or switch one of the two off: \`${right}: false\``,
      },
    ];
  });
  const ofChannels = channels.flatMap((channel, i) => {
    const place = `${folded(channel.path)}/`;
    const other = all.find(({ path }) => {
      const before = path.slice(0, path.indexOf(SLUG));
      return before !== "" && place.startsWith(before);
    });
    return other
      ? [
          {
            path: ["channels", String(i), "path"],
            message: `begins with the folder of ${other.kind}, which may have a channel of this path`,
            fix: "name another path",
          },
        ]
      : [];
  });
  return [...ofKinds, ...ofChannels];
}
