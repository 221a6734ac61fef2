/** How IAM decides, and how calls are held against policies. */
import { describe, expect, test } from "vitest";
import { coverageOf } from "./coverage.ts";
import { type Call, decide, matches } from "./decide.ts";
import { policiesOf } from "./policies.ts";
import { resolve } from "./resolve.ts";

interface Given {
  readonly Action: unknown;
  readonly Resource?: unknown;
  readonly Effect?: string;
  readonly Condition?: unknown;
  readonly [name: string]: unknown;
}

/** A template with a role, a bucket and a queue, and statements of each. */
const template = (statements: readonly Given[], ofBucket: readonly Given[] = []) => {
  const document = (each: readonly Given[]) => ({ Statement: each.map((one) => ({ Effect: "Allow", ...one })) });
  return resolve({
    resources: {
      Role: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: document([]) } },
      Policy: {
        Type: "AWS::IAM::Policy",
        Properties: { Roles: [{ Ref: "Role" }], PolicyDocument: document(statements) },
      },
      Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "b" } },
      BucketPolicy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: { Bucket: { Ref: "Bucket" }, PolicyDocument: document(ofBucket) },
      },
    },
  });
};
const arn = { "Fn::GetAtt": ["Bucket", "Arn"] };
const keys = (pattern: string) => ({ "Fn::Join": ["", [arn, pattern]] });
const get = (key: string, rest: Partial<Call> = {}): Call => ({
  by: "Role",
  action: "s3:GetObject",
  resource: `arn:aws:s3:::b/${key}`,
  context: {},
  ...rest,
});
const isAllowed = (call: Call, ...given: Parameters<typeof template>) =>
  decide(call, policiesOf(template(...given))).isAllowed;

describe("a call", () => {
  const media = { Action: ["s3:GetObject", "s3:Put*"], Resource: keys("/media/*") };

  test("is allowed only by a statement for its action and resource", () => {
    expect(isAllowed(get("media/a.png"), [media])).toBe(true);
    expect(isAllowed(get("media/a.png", { action: "S3:PUTOBJECT" }), [media])).toBe(true);
    expect(isAllowed(get("posts/a.md"), [media])).toBe(false);
    expect(isAllowed(get("media/a.png", { action: "s3:DeleteObject" }), [media])).toBe(false);
    expect(isAllowed(get("media/a.png", { by: "Other" }), [media])).toBe(false);
    expect(isAllowed(get("media/a.png"), [])).toBe(false);
  });

  test("is denied whoever else allows it", () => {
    const denial = { Effect: "Deny", Action: "s3:*", Resource: keys("/media/secret/*") };
    expect(isAllowed(get("media/secret/a"), [media, denial])).toBe(false);
    expect(isAllowed(get("media/a"), [media], [{ ...denial, Resource: keys("/*"), Principal: "*" }])).toBe(false);
  });

  test("without TLS is denied, as no client of AWS speaks", () => {
    const denial = {
      Effect: "Deny",
      Action: "s3:*",
      Resource: keys("/*"),
      Principal: { AWS: "*" },
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    expect(isAllowed(get("media/a"), [media], [denial])).toBe(true);
    expect(isAllowed(get("media/a", { context: { "aws:securetransport": "false" } }), [media], [denial])).toBe(false);
  });

  test("needs every condition, and has to have what it asks for", () => {
    const list = {
      Action: "s3:ListBucket",
      Resource: arn,
      Condition: { StringLike: { "s3:prefix": ["cdn/*", "s3/?"] } },
    };
    const listing = (context: Call["context"]) =>
      get("", { action: "s3:ListBucket", resource: "arn:aws:s3:::b", context });
    expect(isAllowed(listing({ "s3:prefix": "cdn/2026" }), [list])).toBe(true);
    expect(isAllowed(listing({ "s3:prefix": "s3/1" }), [list])).toBe(true);
    expect(isAllowed(listing({ "s3:prefix": "s3/12" }), [list])).toBe(false);
    expect(isAllowed(listing({}), [list])).toBe(false);
  });

  test("of a service is allowed by the resource alone, and only to that service", () => {
    const policy = { Action: "s3:GetObject", Resource: keys("/*"), Principal: { Service: "cloudfront.amazonaws.com" } };
    expect(isAllowed(get("a", { by: "Service:cloudfront.amazonaws.com" }), [], [policy])).toBe(true);
    expect(isAllowed(get("a", { by: "Service:s3.amazonaws.com" }), [], [policy])).toBe(false);
    expect(isAllowed(get("a"), [], [policy])).toBe(false);
  });

  test("is not decided by what is not known here", () => {
    const bad: readonly Given[] = [
      { Action: "s3:GetObject", Resource: "*", NotPrincipal: "*" },
      { Action: "s3:GetObject", NotResource: "*" },
      { Action: "s3:GetObject", Resource: "*", Effect: "Perhaps" },
      { Action: "s3:GetObject", Resource: "*", Condition: { NumericLessThan: { "s3:max-keys": "1" } } },
    ];
    for (const each of bad) expect(() => isAllowed(get("a"), [each])).toThrow(/not known here/);
  });

  test("stars stand for any text, and nothing else does", () => {
    expect(matches("arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b.md")).toBe(true);
    expect(matches("arn:aws:s3:::b.c", "arn:aws:s3:::bxc")).toBe(false);
    expect(matches("*", "a\nb")).toBe(true);
  });
});

test("what a call needs and has not, and what nothing needs, is named", () => {
  const policies = policiesOf(template([{ Action: ["s3:GetObject", "s3:PutObject"], Resource: keys("/*") }]));
  expect(coverageOf([get("a"), get("b", { action: "s3:DeleteObject" })], policies)).toEqual({
    refused: ["Role: s3:DeleteObject arn:aws:s3:::b/b"],
    unused: ["Role: s3:PutObject arn:aws:s3:::b/*"],
  });
});
