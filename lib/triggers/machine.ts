/** The state machine that has many posts read and rendered at once, beside the runs, and enqueues a trigger when that is done. */
import { type ExecutionListItem, ListExecutionsCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { Clock } from "../base/clock.ts";
import type { Preparer } from "../publish/types.ts";

/** So many posts a run reads by itself in the half minute that the machine takes to begin and to end. */
const AT_LEAST = 10_000;

/**
 * So long runs read by themselves after the machine failed, in milliseconds: it would be begun for ever, and nothing be published, where
 * it fails each time. A day has a full run at least.
 */
const REST = 24 * 60 * 60 * 1000;

export interface MachineOptions {
  /** ARN of the machine. */
  readonly arn: string;
  readonly atLeast?: number | undefined;
  readonly clock: Pick<Clock, "now">;
  readonly log: (line: string) => void;
}

export function machinePreparer({ arn, atLeast = AT_LEAST, clock, log }: MachineOptions): Preparer {
  const client = new SFNClient({ requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } });
  return {
    atLeast,

    async begin() {
      try {
        // The newest is the first: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
        const { executions = [] } = await client.send(
          new ListExecutionsCommand({ stateMachineArn: arn, maxResults: 1 }),
        );
        const [newest] = executions;
        if (newest?.status === "RUNNING") return true;
        if (newest && hasJustFailed(newest, clock.now())) {
          log(`the state machine ended as ${newest.status}, so this run reads`);
          return false;
        }
        await client.send(new StartExecutionCommand({ stateMachineArn: arn, name: nameAt(clock.now()) }));
        return true;
      } catch (error) {
        log(`the state machine did not begin, so this run reads: ${(error as Error).message}`);
        return false;
      }
    },
  };
}

/**
 * The same for ten minutes. The list may be behind, and two runs begin at once: with the name of one that is running nothing is begun a
 * second time, and with that of one that has ended AWS refuses.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
const nameAt = (now: Date): string => now.toISOString().slice(0, 15).replace(/\D/g, "-");

const hasJustFailed = ({ status, stopDate }: ExecutionListItem, now: Date): boolean =>
  status !== "SUCCEEDED" && stopDate !== undefined && now.getTime() - stopDate.getTime() < REST;
