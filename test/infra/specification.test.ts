/** The templates, held against CloudFormation's schemas of each resource. */
import { describe, expect, test } from "vitest";
import type { Config } from "../../infra/settings.ts";
import { CONFIG, deployment } from "./deployment.ts";
import { problemsOfTemplate, replacing, type TemplateText } from "./specification.ts";

const bare: Config = { name: "bare", content: "content" };
const VARIANTS: readonly (readonly [string, Config])[] = [
  ["as it is", bare],
  ["with every optional setting", CONFIG],
  ["that is written on phones", { ...CONFIG, write: true }],
  ["that deletes its buckets", { ...CONFIG, deleteBuckets: true }],
  [
    "with retention, memory and another's identity provider",
    {
      ...CONFIG,
      retention: { logs: 7, versions: 90 },
      memory: 3008,
      github: {
        subject: "repo:lin/blog:ref:refs/heads/main",
        provider: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
      },
    },
  ],
];
const made = VARIANTS.map(([what, config]) => [what, deployment(config)] as const);

describe("every resource has a type and properties that CloudFormation knows, with values of their types", () => {
  test.each(made)("of a deployment %s", (_, each) => {
    const template = each.template.toJSON() as TemplateText;
    expect(Object.keys(template.Resources).length).toBeGreaterThan(40);
    expect(problemsOfTemplate(template)).toEqual([]);
  });
});

/** A template with one queue, and what it refers to. */
const queue = (Properties: { readonly [name: string]: unknown }): TemplateText => ({
  Resources: { Q: { Type: "AWS::SQS::Queue", Properties }, B: { Type: "AWS::S3::Bucket" } },
});

test.each<readonly [problem: string, template: TemplateText]>([
  ["Q: there is no type AWS::SQS::Queues", { Resources: { Q: { Type: "AWS::SQS::Queues" } } }],
  ["Q (AWS::SQS::Queue): VisibilityTimeOut is unknown", queue({ VisibilityTimeOut: 1 })],
  ['Q (AWS::SQS::Queue): VisibilityTimeout is "1", no integer', queue({ VisibilityTimeout: "1" })],
  ["Q (AWS::SQS::Queue): VisibilityTimeout is 1.5, no integer", queue({ VisibilityTimeout: 1.5 })],
  ["Q (AWS::SQS::Queue): QueueName refers to C, which does not exist", queue({ QueueName: { Ref: "C" } })],
  [
    "Q (AWS::SQS::Queue): QueueName.1.1 refers to B.Name, which does not exist",
    queue({ QueueName: { "Fn::Join": ["", ["a", { "Fn::GetAtt": ["B", "Name"] }]] } }),
  ],
  ['Q (AWS::SQS::Queue): Tags[0] is {"Key":"a"}, no tag', queue({ Tags: [{ Key: "a" }] })],
  [
    'B (AWS::S3::Bucket): OwnershipControls.Rules[0].ObjectOwnership is "Mine", none of ObjectWriter, BucketOwnerPreferred, BucketOwnerEnforced',
    {
      Resources: {
        B: { Type: "AWS::S3::Bucket", Properties: { OwnershipControls: { Rules: [{ ObjectOwnership: "Mine" }] } } },
      },
    },
  ],
  [
    "P (AWS::S3::BucketPolicy): Bucket is missing",
    { Resources: { P: { Type: "AWS::S3::BucketPolicy", Properties: { PolicyDocument: {} } } } },
  ],
])("what is wrong is told: %s", (problem, template) => {
  expect(problemsOfTemplate(template)).toEqual([problem]);
});

test("of what an owner would lose, only another name replaces a bucket or a queue: the template gives nothing else of what would", () => {
  const used = (type: string) => {
    const given = new Set(
      made.flatMap(([, each]) => each.of(type).flatMap(([, properties]) => Object.keys(properties ?? {}))),
    );
    return replacing(type).filter((name) => given.has(name));
  };
  expect(replacing("AWS::S3::Bucket")).toEqual([
    "BucketName",
    "BucketNamePrefix",
    "BucketNamespace",
    "ObjectLockEnabled",
  ]);
  expect(replacing("AWS::SQS::Queue")).toEqual(["FifoQueue", "QueueName"]);
  expect(used("AWS::S3::Bucket")).toEqual(["BucketName"]);
  // Absent as long as CloudFormation names the queues.
  expect(["QueueName"]).toEqual(expect.arrayContaining([...used("AWS::SQS::Queue")]));
  expect(replacing("AWS::CloudFront::Distribution")).toEqual([]);
});
