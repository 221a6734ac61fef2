/** Paths: the folder of one, and what `.` and `..` in one lead to. */

/** The folder in which a file is: empty, or with a slash at its end. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** The folders in which a file is, the outermost first; the root is none of them. */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) folders.push(path.slice(0, end + 1));
  return folders;
}

/** A path below a folder; `undefined` where it leads out of all folders. */
export function within(folder: string, path: string): string | undefined {
  const parts = folder.split("/").filter(Boolean);
  for (const part of path.split("/")) {
    if (part === ".." && parts.pop() === undefined) return undefined;
    if (part !== "" && part !== "." && part !== "..") parts.push(part);
  }
  return parts.join("/");
}

/** As browsers do it: nothing is above the root. */
export function fromRoot(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
