/** Errors of requests: one code has one status, and every answer says the same in the same form. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { answerError } from "../../lib/base/http/answers.ts";
import { HttpError, type HttpErrorCode } from "../../lib/base/http/error.ts";

test("an error is answered with its status, its code and its message, and kept by nobody on the way", async () => {
  const answer = answerError(new HttpError("not_found", "no post is there"));
  expect(answer.status).toBe(404);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.json()).toEqual({ error: "not_found", error_description: "no post is there" });
});

test("what else a client has to know is in the answer, and headers are headers", async () => {
  const answer = answerError(
    new HttpError("incomplete", "send them", { missing: [2], headers: { "retry-after": "5" } }),
  );
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(await answer.json()).toEqual({ error: "incomplete", error_description: "send them", missing: [2] });
});

test("docs/micropub.md has every code with its status", () => {
  const rows = readFileSync("docs/micropub.md", "utf8").matchAll(/^\| ((?:`\w+`(?:, )?)+) \| (\d{3}) \|/gm);
  const documented = [...rows].flatMap(([, codes = "", status]) =>
    [...codes.matchAll(/\w+/g)].map(([code]) => [code, Number(status)]),
  );
  const source = readFileSync("lib/base/http/error.ts", "utf8");
  const codes = [...source.matchAll(/^ {2}(\w+): \d{3},$/gm)].map(([, code]) => code as HttpErrorCode);
  expect(codes.length).toBeGreaterThan(15);
  expect(documented).toEqual(codes.map((code) => [code, new HttpError(code, "").status]));
});
