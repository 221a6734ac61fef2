/** The CDN's access logs: which fields CloudFront writes, and where. */
import { ArnFormat, Aws, Stack } from "aws-cdk-lib";
import type { IDistribution } from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";
import { type Buckets, CDN_LOGS } from "./stores.ts";

/**
 * What `audience` counts by, and nothing else, since each line has somebody's address in it: no referrer, no cookies, no country.
 * The names are those of AWS's "Standard logging reference".
 */
const LOG_FIELDS = [
  // The time of day is for people who look for what happened.
  ...["date", "time"],
  // A line that is delivered twice counts once.
  "x-edge-request-id",
  // Readers that do not say how many they are count by address and User-Agent.
  ...["c-ip", "cs(User-Agent)"],
  // The name that was asked for; `cs(Host)` would be that of the distribution.
  ...["cs-method", "x-host-header", "cs-uri-stem", "cs-uri-query"],
  // Whether so much of an episode was sent that it counts as a download.
  ...["sc-status", "sc-bytes", "sc-range-start", "sc-range-end"],
];

/**
 * Standard logging, version 2. Tab-separated lines name their fields once for each file, where JSON does in every line: they are
 * read in two thirds of the time.
 */
export function logAccess(
  scope: Construct,
  { name, distribution: given }: Settings,
  { logs }: Buckets,
  distribution: IDistribution,
): void {
  const source = given?.logSource ?? sourceOf(scope, name, distribution);
  const sourceName = typeof source === "string" ? source : source.name;
  const destination = new CfnDeliveryDestination(scope, "AccessLogsBucket", {
    // The format of a destination cannot be changed: another one has another name, so that it can be made before the former goes.
    name: `${name}-cdn-w3c`,
    outputFormat: "w3c",
    destinationResourceArn: logs.arnForObjects(CDN_LOGS.slice(0, -1)),
  });
  logs.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("delivery.logs.amazonaws.com")],
      actions: ["s3:PutObject"],
      resources: [logs.arnForObjects(`${CDN_LOGS}*`)],
      conditions: {
        StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
        ArnLike: {
          "aws:SourceArn": Stack.of(scope).formatArn({
            service: "logs",
            resource: "delivery-source",
            resourceName: sourceName,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
  const delivery = new CfnDelivery(scope, "AccessLogsDelivery", {
    deliverySourceName: sourceName,
    deliveryDestinationArn: destination.attrArn,
    s3SuffixPath: "{yyyy}/{MM}/{dd}",
    recordFields: LOG_FIELDS,
    fieldDelimiter: "\t",
  });
  if (typeof source !== "string") delivery.addResourceDependency(source);
  if (logs.policy) destination.node.addDependency(logs.policy);
}

const sourceOf = (scope: Construct, name: string, { distributionArn }: IDistribution) =>
  new CfnDeliverySource(scope, "AccessLogs", {
    name: `${name}-cdn`,
    logType: "ACCESS_LOGS",
    resourceArn: distributionArn,
  });
