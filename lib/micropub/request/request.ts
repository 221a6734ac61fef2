/** Reads a request, as a form or as JSON, by its content type. */
import { HttpError, invalid } from "../../base/http/error.ts";
import { TEXT_BYTES } from "../../base/writing.ts";
import { readForm } from "./form.ts";
import { readJsonRequest } from "./json.ts";
import type { MicropubRequest } from "./types.ts";

export async function readRequest(request: Request): Promise<MicropubRequest> {
  const type = (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  switch (type) {
    case "application/json":
      return readJsonRequest(parsed(await textOf(request)));
    case "application/x-www-form-urlencoded":
      return readForm(new URLSearchParams(await textOf(request)));
    case "multipart/form-data":
      return readForm(await formData(request));
    default:
      throw new HttpError(
        "unsupported_type",
        `a request of type ${JSON.stringify(type)} cannot be read: send application/x-www-form-urlencoded, multipart/form-data or application/json`,
      );
  }
}

async function textOf(request: Request): Promise<string> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > TEXT_BYTES) {
    throw new HttpError("too_large", `the request has more than ${TEXT_BYTES / 1_000_000} MB: shorten the text`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid("the request is not valid UTF-8");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`the JSON cannot be read: ${(error as Error).message.slice(0, 100)}`);
  }
}

async function formData(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw invalid("the parts of multipart/form-data cannot be read: send them again, each with its boundary");
  }
}
