/** The role that a schedule assumes. */
import { Aws } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

/**
 * For schedules of one group and no others, so that nobody else's can make the scheduler use it. The scheduler gives the ARN of
 * the group, and never that of a schedule. By name: a role has to exist before the schedules do, and need not wait for their group.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function schedulerRole(scope: Construct, id: string, group: string, description: string): Role {
  const arn = `arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule-group/${group}`;
  const conditions = { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID, "aws:SourceArn": arn } };
  return new Role(scope, id, {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", { conditions }),
    description,
  });
}
