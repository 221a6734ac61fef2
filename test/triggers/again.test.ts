/** What is enqueued for the run after one that did not come to its end. */
import { expect, test } from "vitest";
import { enqueueAgain } from "../../lib/triggers/again.ts";
import { sentAt } from "../../lib/triggers/sent.ts";
import { type Enqueued, readTrigger, type Trigger, writeTrigger } from "../../lib/triggers/trigger.ts";
import { NOW, post, world } from "../support/world.ts";

const POSTS = Object.fromEntries(["a", "b", "c"].map((name) => [`posts/${name}.md`, post({ title: name })]));

/** The events of the runs that follow one by hand, until one comes to its end; a minute lies between two of them. */
async function follow(trigger: Trigger, since: Date): Promise<readonly unknown[]> {
  const site = await world(POSTS);
  const events: unknown[] = [];
  const enqueue = async (enqueued: Enqueued) => {
    const attributes = { SentTimestamp: String(since.getTime() + 60_000 * (events.length + 1)) };
    events.push({ Records: [{ eventSource: "aws:sqs", body: writeTrigger(enqueued), attributes }] });
  };
  for (let next = trigger, asked: Date | undefined = since; ; ) {
    const report = await site.publish({ ...next, until: NOW, portion: 1 });
    const before = events.length;
    const isQueued = before > 0;
    await enqueueAgain(report, { trigger: next, since: asked, isQueued, queue: { enqueue }, log: () => undefined });
    if (events.length === before) return events;
    const event = events.at(-1);
    next = readTrigger(event, "content");
    asked = sentAt(event);
  }
}

test("a run that goes on was asked for when the first was", async () => {
  const events = await follow({}, NOW);
  expect(events.length).toBeGreaterThan(1);
  expect(events.map(sentAt)).toEqual(events.map(() => NOW));
});

test("a run that goes on is forced if the first was, and only then", async () => {
  for (const force of [true, undefined]) {
    const events = await follow(force ? { force } : {}, NOW);
    expect(events.map((event) => readTrigger(event, "content").force)).toEqual(events.map(() => force));
  }
});
