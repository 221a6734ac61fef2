/** The timer for what is due next: a one-shot schedule of EventBridge Scheduler that enqueues a trigger. */
import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import type { Instant } from "../model.ts";
import { writeTrigger } from "./trigger.ts";

export interface Timer {
  /** Enqueues one trigger at the first full minute not before `due`, and replaces the schedule set before. Throws what the SDK throws. */
  set(due: Instant, now: Date): Promise<void>;
}

export interface TimerOptions {
  readonly name: string;
  readonly group: string;
  /** ARN of the queue that receives the trigger. */
  readonly queue: string;
  /** ARN of the role with which the scheduler may send to it. */
  readonly role: string;
}

const MINUTE_MS = 60_000;

export function schedulerTimer({ name, group, queue, role }: TimerOptions): Timer {
  const client = new SchedulerClient({ requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } });
  let last: string | undefined;
  return {
    async set(due, now) {
      const at = minuteOf(due, now);
      if (at === last) return;
      const schedule: CreateScheduleCommandInput = {
        Name: name,
        GroupName: group,
        ScheduleExpression: `at(${at})`,
        ScheduleExpressionTimezone: "UTC",
        FlexibleTimeWindow: { Mode: "OFF" },
        ActionAfterCompletion: "DELETE",
        // No keys: the run scans only the records that are due.
        Target: { Arn: queue, RoleArn: role, Input: writeTrigger({ hints: [] }) },
      };
      const update = () => client.send(new UpdateScheduleCommand(schedule));
      try {
        await update();
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        await client.send(new CreateScheduleCommand(schedule)).catch((error: unknown) => {
          if (!(error instanceof ConflictException)) throw error;
          return update(); // another run created it in between
        });
      }
      last = at;
    },
  };
}

/** Schedules have a resolution of one minute, and one for a moment in the past never fires. */
function minuteOf(due: Instant, now: Date): string {
  const earliest = now.getTime() + MINUTE_MS / 2;
  const at = Math.ceil(Math.max(Date.parse(due), earliest) / MINUTE_MS) * MINUTE_MS;
  return new Date(at).toISOString().slice(0, 19);
}
