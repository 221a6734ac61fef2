/** Lambda's bootstrap: takes events from the runtime API, one at a time, and returns the handler's results. */
import { request } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { AWS_LAMBDA_RUNTIME_API: api = "", _HANDLER: named = "", LAMBDA_TASK_ROOT: folder = "" } = process.env;
const [file = "", name = ""] = named.split(".");
const { [name]: handler } = await import(pathToFileURL(join(folder, `${file}.mjs`)).href);

/**
 * A request to the runtime API, without a time-out: the next event may be long in coming.
 * @param {"GET" | "POST"} method
 * @param {string} path
 * @param {string} [body]
 * @returns {Promise<{ headers: import("node:http").IncomingHttpHeaders, body: string }>}
 */
function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${api}/2018-06-01/runtime/invocation/${path}`, { method }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ headers: response.headers, body: Buffer.concat(chunks).toString("utf8") });
    });
    sent.on("error", reject).end(body);
  });
}

for (;;) {
  const { headers, body } = await call("GET", "next");
  const awsRequestId = String(headers["lambda-runtime-aws-request-id"]);
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  try {
    const context = { awsRequestId, getRemainingTimeInMillis: () => deadline - Date.now() };
    const answer = await handler(JSON.parse(body), context);
    await call("POST", `${awsRequestId}/response`, JSON.stringify(answer ?? null));
  } catch (error) {
    const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
    await call("POST", `${awsRequestId}/error`, JSON.stringify({ errorType, errorMessage }));
  }
}
