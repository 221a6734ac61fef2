/** Gives up an upload, and what has come of it. */
import type { MicropubInput } from "../../types.ts";
import type { OpenUpload, UploadRecords } from "./records.ts";

/** A file that was made of it and that no complete has looked at goes, too: nobody was told its address as one that is taken. */
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
