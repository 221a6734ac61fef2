/** Gives up an upload, and what has come of it. */
import type { MicropubInput } from "../../types.ts";
import type { OpenUpload, UploadRecords } from "./records.ts";

/** A file that was made of the upload and not examined is removed, too: no answer has given its address to anybody as taken. */
export async function discardUpload(
  { uploads, content }: MicropubInput,
  records: UploadRecords,
  id: string,
  { key, upload }: OpenUpload,
): Promise<void> {
  await uploads.abort({ key, id: upload });
  const ended = await records.ended(id);
  if (ended?.url === undefined) await content.delete(key);
  await records.remove(id);
}
