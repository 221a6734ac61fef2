/** A content store, and uploads, that report each change, so that it can be published. */
import type { WritingStores } from "../open.ts";

/** `changed` is called after each change, with its key. */
export function noticed({ content, state, uploads }: WritingStores, changed: (key: string) => void): WritingStores {
  const after = async <T>(key: string, done: Promise<T>): Promise<T> => {
    try {
      return await done;
    } finally {
      changed(key); // a write that failed may have happened all the same
    }
  };
  return {
    state,
    content: {
      ...content,
      put: (key, ...more) => after(key, content.put(key, ...more)),
      delete: (key, ...more) => after(key, content.delete(key, ...more)),
    },
    uploads: { ...uploads, complete: (upload, ...more) => after(upload.key, uploads.complete(upload, ...more)) },
  };
}
