/** Deletes under a condition, by servers that take it in their own ways: an edit in the moment of a removal stays wherever the server can see it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { s3Store } from "../../lib/stores/s3.ts";
import { type Store, StoreConflict, StoreError } from "../../lib/stores/store.ts";
import { type Conditions, type Fault, type StoreRequest, startServer, type TestServer } from "../faults/server.ts";

let server: TestServer;
let methods: string[];
/** Becomes the object when the request to delete has come, before it is carried out. */
let edit: string | undefined;
let faults: Fault[];

const bytes = (text: string) => new TextEncoder().encode(text);
const TYPE = { contentType: "text/plain" };

beforeEach(async () => {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "test");
  vi.stubEnv("AWS_REGION", "us-east-1");
  methods = [];
  faults = [];
  edit = undefined;
  server = await startServer("bucket");
  server.faultFor = ({ method, key }: StoreRequest) => {
    methods.push(method);
    if (method !== "DELETE") return undefined;
    if (edit !== undefined) server.buckets.get("bucket")?.set(key, bytes(edit));
    return faults.shift();
  };
});

afterEach(() => {
  server.stop();
  vi.unstubAllEnvs();
});

const elsewhere = (): Store => s3Store({ bucket: "bucket", prefix: "", endpoint: server.endpoint });

/** The SDK finds its address, as it finds that of AWS. */
function onAws(): Store {
  vi.stubEnv("AWS_ENDPOINT_URL_S3", server.endpoint);
  return s3Store({ bucket: "bucket", prefix: "" });
}

const textIn = (key: string) => {
  const body = server.buckets.get("bucket")?.get(key);
  return body && new TextDecoder().decode(body);
};

const GOOD: readonly (readonly [string, Conditions])[] = [
  ["takes ETags with and without quotes", {}],
  ["knows ETags without quotes only", { etags: "bare" }],
  ["knows ETags with quotes only", { etags: "quoted" }],
  ["answers 400 to ETags without quotes", { etags: "quoted, else 400" }],
];
const BAD: readonly (readonly [string, Conditions])[] = [
  ["ignores it", { deletes: "ignored" }],
  ["answers 501 to it", { deletes: "refused" }],
  ["answers 400 to it", { deletes: "not understood" }],
];

describe.each([...GOOD, ...BAD])("a server that %s", (_, conditions) => {
  test("removes the object that was seen, and leaves another one", async () => {
    server.conditions = conditions;
    const store = elsewhere();
    const first = await store.put("key", bytes("one"), TYPE);
    const second = await store.put("key", bytes("two"), TYPE);
    await expect(store.delete("key", { ifMatch: first })).rejects.toThrow(StoreConflict);
    expect(textIn("key")).toBe("two");
    await store.delete("key", { ifMatch: second });
    expect(textIn("key")).toBeUndefined();
    await store.delete("key", { ifMatch: second });
  });
});

test.each(GOOD)("an edit after the last look stays on a server that %s", async (_, conditions) => {
  server.conditions = conditions;
  const store = elsewhere();
  const ifMatch = await store.put("key", bytes("one"), TYPE);
  edit = "two";
  await expect(store.delete("key", { ifMatch })).rejects.toThrow(StoreConflict);
  expect(textIn("key")).toBe("two");
});

test.each(BAD)(
  "a delete that succeeds on a server that %s does not prove how it spells ETags",
  async (_, conditions) => {
    server.conditions = { ...conditions, etags: "quoted" };
    const store = elsewhere();
    const ifMatch = await store.put("a", bytes("one"), TYPE);
    await store.delete("a", { ifMatch });
    const etag = await store.put("b", bytes("one"), TYPE);
    await store.put("b", bytes("two"), { ...TYPE, ifMatch: etag });
    expect(textIn("b")).toBe("two");
  },
);

describe("on AWS", () => {
  test("a delete is one request, which leaves an edit of that moment", async () => {
    const store = onAws();
    const ifMatch = await store.put("key", bytes("one"), TYPE);
    methods = [];
    edit = "two";
    await expect(store.delete("key", { ifMatch })).rejects.toThrow(StoreConflict);
    expect(textIn("key")).toBe("two");
    // Whether it is there at all is asked for only when the condition has failed.
    expect(methods).toEqual(["DELETE", "GET"]);
    methods = [];
    edit = undefined;
    await store.delete("key", { ifMatch: await store.put("key", bytes("three"), TYPE) });
    expect(methods).toEqual(["PUT", "DELETE"]);
  });

  test("409 is a conflict: another request changes the object at the same moment", async () => {
    const store = onAws();
    const ifMatch = await store.put("key", bytes("one"), TYPE);
    faults = ["ConditionalRequestConflict"];
    await expect(store.delete("key", { ifMatch })).rejects.toThrow(StoreConflict);
    expect(textIn("key")).toBe("one");
  });

  test("a delete whose reply was lost is sent again, and has succeeded", async () => {
    const store = onAws();
    const ifMatch = await store.put("key", bytes("one"), TYPE);
    faults = ["breaks late"];
    await store.delete("key", { ifMatch });
    expect(textIn("key")).toBeUndefined();
  });

  test("a condition that fails where there is no object any more, as at the mark of a delete, is no conflict", async () => {
    const store = onAws();
    const ifMatch = await store.put("key", bytes("one"), TYPE);
    faults = ["breaks late", "PreconditionFailed"];
    await store.delete("key", { ifMatch });
    expect(textIn("key")).toBeUndefined();
    faults = ["PreconditionFailed"];
    await store.delete("key", { ifMatch });
  });

  test("403 is an error of the store: the condition needs s3:GetObject, too", async () => {
    const store = onAws();
    const ifMatch = await store.put("key", bytes("one"), TYPE);
    faults = ["AccessDenied"];
    const failed = await store.delete("key", { ifMatch }).catch((reason: unknown) => reason);
    expect(failed).toBeInstanceOf(StoreError);
    expect(failed).not.toBeInstanceOf(StoreConflict);
  });
});
