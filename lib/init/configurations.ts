/** The configuration files of generators, by which the folder of a site is known. */

const SHARED = "Hexo or Jekyll";

/** Their names in the folder of a site. */
const CONFIGURATIONS: readonly (readonly [generator: string, file: RegExp])[] = [
  ["Hugo", /^(?:hugo|config)\.(?:toml|ya?ml|json)$/],
  ["Zola", /^zola\.toml$/],
  ["Astro", /^astro\.config\.\w{2,3}$/],
  ["Eleventy", /^(?:eleventy\.config|\.eleventy)\.\w{2,3}$/],
  [SHARED, /^_config\.(?:ya?ml|toml)$/],
];

/** The generator whose configuration has this name. */
export const generatorOf = (name: string): string | undefined =>
  CONFIGURATIONS.find(([, file]) => file.test(name))?.[0];

/** Of two whose configuration has the same name, by what lies beside it. */
const BESIDE: readonly (readonly [generator: string, names: readonly string[]])[] = [
  ["Jekyll", ["Gemfile", "_posts", "_layouts", "_includes"]],
  ["Hexo", ["scaffolds", "source"]],
];

/** The generator of a site whose folder has these names. */
export function generatorAmong(names: readonly string[]): string | undefined {
  const generator = names.map(generatorOf).find((each) => each !== undefined);
  if (generator !== SHARED) return generator;
  return BESIDE.find(([, beside]) => beside.some((name) => names.includes(name)))?.[0] ?? SHARED;
}

/** Hugo may have its configuration in several files. */
const OF_SEVERAL = /\/config\/_default\/[^/]+$/;

/** The folder of the site whose configuration the path is; none for that of the folder in which paths begin. */
export function siteFolderOf(path: string): string | undefined {
  const file = path.replace(OF_SEVERAL, "/hugo.toml");
  const end = file.lastIndexOf("/");
  return end > 0 && generatorOf(file.slice(end + 1)) !== undefined ? file.slice(0, end) : undefined;
}
