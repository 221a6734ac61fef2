/** Tables as text, so small that hundreds of rows fit into an edge function, and found without being parsed. Written for the CDN's runtime. */

/** Lines of a value and of all names that have it: `value⇥name⇥name⇥`, each line after a line break. */
export type Table = string;

/** The value of a name; `undefined` where the table does not have it. Neither values nor names hold control characters. */
export function lookUp(table: Table, name: string): string | undefined {
  const at = table.indexOf(`\t${name}\t`);
  if (at < 0) return undefined;
  const line = table.slice(table.lastIndexOf("\n", at) + 1);
  return line.slice(0, line.indexOf("\t"));
}

/** Every name with its value, in the order of the table. */
export function eachRow<T>(table: Table, find: (name: string, value: string) => T | undefined): T | undefined {
  let found: T | undefined;
  table.split("\n").some((line) => {
    const cells = line.split("\t");
    return cells.slice(1, -1).some((name) => {
      found = find(name, cells[0] || "");
      return found !== undefined;
    });
  });
  return found;
}
