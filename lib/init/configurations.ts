/** The files in which generators are told how to build a site: by them a folder is known to be one. */

/** As they are called in the site's folder. */
const CONFIGURATIONS: readonly (readonly [generator: string, file: RegExp])[] = [
  ["Hugo", /^(?:hugo|config)\.(?:toml|ya?ml|json)$/],
  ["Zola", /^zola\.toml$/],
  ["Astro", /^astro\.config\.\w{2,3}$/],
  ["Eleventy", /^(?:eleventy\.config|\.eleventy)\.\w{2,3}$/],
  ["Hexo or Jekyll", /^_config\.(?:ya?ml|toml)$/],
];

/** The generator whose configuration is called so. */
export const generatorOf = (name: string): string | undefined =>
  CONFIGURATIONS.find(([, file]) => file.test(name))?.[0];

/** Hugo may have its configuration in several files. */
const OF_SEVERAL = /\/config\/_default\/[^/]+$/;

/** The folder of a site, if the path is that of its configuration and it is not in the folder of all. */
export function siteFolderOf(path: string): string | undefined {
  const file = path.replace(OF_SEVERAL, "/hugo.toml");
  const end = file.lastIndexOf("/");
  return end > 0 && generatorOf(file.slice(end + 1)) !== undefined ? file.slice(0, end) : undefined;
}
