/** Whether `host`, `replace` and `files` are keys of site.yaml, and `ids.jsonl` is read from the content and renewed there. */
export const JOINED: boolean = false;

/** `site.yaml` of a recipe, without the keys that are not there yet. */
export const known = (yaml: string): string => (JOINED ? yaml : yaml.replaceAll(/^(?:host|replace|files):.*\n/gm, ""));

/** Commands that the pages name, and that are not there yet. */
export const LATER: readonly string[] = JOINED ? [] : ["init"];
