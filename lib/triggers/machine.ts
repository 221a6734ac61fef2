/** The state machine that has many posts read and rendered at once, beside the runs, and enqueues a trigger when that is done. */
import { ListExecutionsCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { Preparer } from "../publish/types.ts";

/** So many posts a run reads by itself in the half minute that the machine takes to begin and to end. */
const AT_LEAST = 10_000;

export interface MachineOptions {
  /** ARN of the machine. */
  readonly arn: string;
  readonly atLeast?: number | undefined;
  readonly log: (line: string) => void;
}

export function machinePreparer({ arn, atLeast = AT_LEAST, log }: MachineOptions): Preparer {
  const client = new SFNClient({ requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } });
  return {
    atLeast,

    async begin() {
      try {
        const running = new ListExecutionsCommand({ stateMachineArn: arn, statusFilter: "RUNNING", maxResults: 1 });
        const { executions = [] } = await client.send(running);
        if (executions.length === 0) await client.send(new StartExecutionCommand({ stateMachineArn: arn }));
        return true;
      } catch (error) {
        log(`the state machine did not begin, so this run reads: ${(error as Error).message}`);
        return false;
      }
    },
  };
}
