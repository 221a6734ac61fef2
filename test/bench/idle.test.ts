/** The idle cost of a site, from its template. */
import { expect, test } from "vitest";
import { CONFIG, deployment } from "../infra/deployment.ts";
import { idleCosts, sumOf } from "./idle.ts";

const { resources } = deployment();

test("is known for every resource of the template, and refused for others", () => {
  expect(sumOf(idleCosts(resources))).toBeGreaterThan(0);
  const table = { Type: "AWS::DynamoDB::Table", Properties: {} };
  expect(() => idleCosts({ ...resources, table })).toThrow("it is not known what AWS::DynamoDB::Table costs");
});

test("counts each metric that an alarm watches beyond the free ones, and each secret", () => {
  const more = (type: string, Properties: object = {}) =>
    sumOf(idleCosts({ ...resources, more: { Type: type, Properties: { ...Properties } } })) -
    sumOf(idleCosts(resources));
  const metrics = [{ Expression: "a / b" }, { MetricStat: {} }, { MetricStat: {} }];
  expect(more("AWS::CloudWatch::Alarm")).toBeCloseTo(0.1);
  expect(more("AWS::CloudWatch::Alarm", { Metrics: metrics })).toBeCloseTo(0.2);
  expect(more("AWS::SecretsManager::Secret")).toBeCloseTo(0.4);
});

test("is no more with a distribution and a bucket of the owner's", () => {
  const owned = { ...CONFIG, contentBucket: "posts-of-lin" };
  expect(sumOf(idleCosts(deployment(owned).resources))).toBeLessThanOrEqual(sumOf(idleCosts(resources)));
});

test("is seventy cents more where posts are written on phones: a secret, and alarms on three metrics", () => {
  const more = sumOf(idleCosts(deployment({ ...CONFIG, write: true }).resources)) - sumOf(idleCosts(resources));
  expect(more).toBeCloseTo(0.7);
});
