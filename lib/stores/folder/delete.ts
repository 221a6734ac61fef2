/** Deletes a file, and the folders that are empty without it. */
import { dirname } from "node:path";
import { type DeleteOptions, StoreConflict } from "../store.ts";
import { ignoreMissing } from "./errors.ts";
import { etagOf, statOf } from "./etag.ts";
import type { FolderNames } from "./flush.ts";
import { exclusively } from "./lock.ts";
import { assertInside, pathOf, type Root, removeEmptyFolders, removeFile } from "./paths.ts";

export async function deleteFile(
  at: Root,
  names: FolderNames,
  key: string,
  { durable = false, ifMatch }: DeleteOptions = {},
): Promise<void> {
  const path = pathOf(at, "delete", key);
  const folder = dirname(path);
  try {
    assertInside(at, "delete", key, folder);
    await exclusively(path, async () => {
      const present = statOf(path);
      if (ifMatch !== undefined && present && etagOf(present) !== ifMatch) {
        throw new StoreConflict(at.folder, "delete", key, "the object is another one");
      }
      if (present) removeFile(path);
    });
    const left = removeEmptyFolders(folder, at.root);
    if (left !== folder) names.removed();
    // What was in a folder that is gone is gone with it.
    if (durable) await names.flush(left);
  } catch (error) {
    ignoreMissing(error);
  }
}
