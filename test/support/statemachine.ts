/**
 * Runs a state machine in the Amazon States Language, as far as ours uses it: a distributed Map over the objects of a bucket, and
 * tasks that invoke a function or send a message. Throws on whatever it does not know, so that nothing is passed over.
 * https://states-language.net/ and https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
import { setTimeout as sleep } from "node:timers/promises";

type Json = { readonly [name: string]: unknown };

export interface Services {
  /** As `ListObjectsV2` lists a bucket. */
  list(bucket: string): AsyncIterable<{ readonly Key: string }>;
  /** Rejects where the function fails. */
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  send(queueUrl: string, message: string): Promise<void>;
  /** Seconds since the execution began, by the time of the test; none, if absent. */
  elapsed?(): number;
}

export interface Execution {
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  /** Nothing, unless it succeeded. */
  readonly output: unknown;
  /** Of each Map state. */
  readonly batches: { readonly begun: number; readonly failed: number };
}

/** A state has failed, by the name of its error. */
class StateFailed extends Error {
  override readonly name = "StateFailed";
  readonly error: string;

  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.error = error;
  }
}

/** The execution as a whole, which no state can catch. */
class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** What a state's input and output, and a batch, may have in bytes. */
const LARGEST = 262_144;

export async function execute(machine: unknown, input: unknown, services: Services): Promise<Execution> {
  const batches = { begun: 0, failed: 0 };
  const { Comment: _, TimeoutSeconds = Number.POSITIVE_INFINITY, ...states } = objectOf(machine);
  const limit = Number(TimeoutSeconds);
  try {
    return { status: "SUCCEEDED", output: await runStates(states, input, { services, batches, limit }), batches };
  } catch (error) {
    const status = error instanceof TimedOut ? "TIMED_OUT" : "FAILED";
    if (status === "FAILED" && !(error instanceof StateFailed)) throw error;
    return { status, output: undefined, batches };
  }
}

/** Before a state or a child begins, and before what it gave is taken. */
function assertInTime({ services, limit }: Running): void {
  if ((services.elapsed?.() ?? 0) >= limit) throw new TimedOut("the execution takes too long");
}

interface Running {
  readonly services: Services;
  readonly batches: { begun: number; failed: number };
  /** In seconds. */
  readonly limit: number;
}

async function runStates(machine: Json, input: unknown, running: Running): Promise<unknown> {
  const { StartAt, States, ...unknown } = machine;
  assertNone("a machine", unknown);
  const states = objectOf(States);
  let current = input;
  for (let name: string | undefined = String(StartAt); name !== undefined; ) {
    const { Type, Next, End, Retry = [], Catch = [], ...state } = objectOf(states[name]);
    const before: unknown = current;
    const work = Type === "Map" ? runMap : Type === "Task" ? runTask : unknownType(Type);
    try {
      assertInTime(running);
      const after = bounded(await withRetries(listOf(Retry), () => work(state, before, running)));
      assertInTime(running);
      current = after;
      if (End !== true && typeof Next !== "string") throw new Error(`${name} has neither Next nor End`);
      name = End === true ? undefined : String(Next);
    } catch (error) {
      if (!(error instanceof StateFailed)) throw error;
      const caught = listOf(Catch).find((each) => matches(objectOf(each), error));
      if (!caught) throw error;
      const { ErrorEquals: _, Next: after, ...rest } = objectOf(caught);
      assertNone("Catch", rest);
      current = { Error: error.error, Cause: error.message };
      name = String(after);
    }
  }
  return current;
}

const unknownType = (type: unknown): never => {
  throw new Error(`there is no state of type ${String(type)} here`);
};

async function withRetries(retriers: readonly unknown[], work: () => Promise<unknown>): Promise<unknown> {
  for (let times = 0; ; times++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StateFailed)) throw error;
      const retrier = retriers.map(objectOf).find((each) => matches(each, error));
      if (!retrier || times >= Number(retrier["MaxAttempts"])) throw error;
      const { ErrorEquals: _, IntervalSeconds: __, MaxAttempts: ___, BackoffRate: ____, ...rest } = retrier;
      assertNone("Retry", rest);
      await sleep(5); // instead of seconds
    }
  }
}

/** What `States.ALL` does not stand for: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const TERMINAL = ["States.DataLimitExceeded", "States.Runtime"];

const matches = ({ ErrorEquals }: Json, { error }: StateFailed): boolean =>
  listOf(ErrorEquals).some((name) => name === error || (name === "States.ALL" && !TERMINAL.includes(error)));

async function runTask(state: Json, input: unknown, { services }: Running): Promise<unknown> {
  const { Resource, Parameters, ResultSelector, ...unknown } = state;
  assertNone("Task", unknown);
  const given = objectOf(filled(Parameters, input));
  let result: unknown;
  if (Resource === "arn:aws:states:::lambda:invoke") {
    const { FunctionName, Payload, ...more } = given;
    assertNone("lambda:invoke", more);
    const Answer = await services.invoke(String(FunctionName), Payload).catch((error: Error) => {
      throw new StateFailed(error.name, error.message);
    });
    result = { Payload: Answer, StatusCode: 200 };
  } else if (Resource === "arn:aws:states:::sqs:sendMessage") {
    const { QueueUrl, MessageBody, ...more } = given;
    assertNone("sqs:sendMessage", more);
    await services.send(String(QueueUrl), String(MessageBody));
    result = { MessageId: "1" };
  } else throw new Error(`there is no resource ${String(Resource)} here`);
  return ResultSelector === undefined ? result : filled(ResultSelector, result);
}

async function runMap(state: Json, _input: unknown, running: Running): Promise<unknown> {
  const { ItemReader, ItemSelector, ItemBatcher, ItemProcessor, ...more } = state;
  const { MaxConcurrency, ToleratedFailurePercentage, ...unknown } = more;
  assertNone("Map", unknown);
  const { Resource, Parameters, ...reader } = objectOf(ItemReader);
  const { Bucket, ...parameters } = objectOf(Parameters);
  assertNone("ItemReader", { ...reader, ...parameters });
  if (Resource !== "arn:aws:states:::s3:listObjectsV2") throw new Error(`there is no reader ${String(Resource)} here`);
  const { ProcessorConfig, ...processor } = objectOf(ItemProcessor);
  const { Mode, ExecutionType, ...config } = objectOf(ProcessorConfig);
  assertNone("ProcessorConfig", config);
  if (Mode !== "DISTRIBUTED" || ExecutionType !== "EXPRESS") throw new Error("children are express workflows here");

  const results: unknown[] = [];
  const underWay = new Set<Promise<void>>();
  let failed = 0;
  let late: TimedOut | undefined;
  const begin = async (items: readonly unknown[]) => {
    running.batches.begun += 1;
    try {
      results.push(await runStates(processor, bounded({ Items: items }), running));
    } catch (error) {
      if (error instanceof TimedOut) late = error;
      else if (!(error instanceof StateFailed)) throw error;
      failed += 1;
      running.batches.failed += 1;
    }
  };
  for await (const items of batched(running.services.list(String(Bucket)), ItemSelector, objectOf(ItemBatcher))) {
    while (underWay.size >= Number(MaxConcurrency)) await Promise.race(underWay);
    if (late) break;
    const child = begin(items).finally(() => underWay.delete(child));
    underWay.add(child);
  }
  await Promise.all(underWay);
  if (late) throw late;
  const share = (failed / Math.max(1, results.length + failed)) * 100;
  if (share > Number(ToleratedFailurePercentage ?? 0)) {
    throw new StateFailed("States.ExceedToleratedFailureThreshold", `${share} per cent of the children failed`);
  }
  return results;
}

/** Batches of items, each with what the selector makes of an object. */
async function* batched(
  objects: AsyncIterable<{ readonly Key: string }>,
  selector: unknown,
  { MaxItemsPerBatch, MaxInputBytesPerBatch, ...unknown }: Json,
): AsyncIterable<readonly unknown[]> {
  assertNone("ItemBatcher", unknown);
  let items: unknown[] = [];
  let bytes = 0;
  for await (const Value of objects) {
    const item = filled(selector, undefined, { Map: { Item: { Value } } });
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (items.length === Number(MaxItemsPerBatch) || bytes + size > Number(MaxInputBytesPerBatch)) {
      yield items;
      [items, bytes] = [[], 0];
    }
    items.push(item);
    bytes += size;
  }
  if (items.length > 0) yield items;
}

/** A payload template: the value of a name that ends in `.$` is a path, into the input or (`$$`) into the context. */
function filled(template: unknown, input: unknown, context: unknown = {}): unknown {
  if (Array.isArray(template)) return template.map((each) => filled(each, input, context));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith(".$")
        ? [name.slice(0, -2), at(String(value), input, context)]
        : [name, filled(value, input, context)],
    ),
  );
}

function at(path: string, input: unknown, context: unknown): unknown {
  const [, root = "", names = ""] = /^(\$\$?)((?:\.\w+)*)$/.exec(path) ?? [];
  if (root === "") throw new Error(`the path ${path} is not understood here`);
  let value = root === "$$" ? context : input;
  for (const name of names.split(".").slice(1)) {
    value = objectOf(value)[name];
    if (value === undefined) throw new StateFailed("States.ParameterPathFailure", `nothing is at ${path}`);
  }
  return value;
}

/** Throws where a state's input or output is larger than may be. */
function bounded<T>(value: T): T {
  if (Buffer.byteLength(JSON.stringify(value)) > LARGEST) throw new StateFailed("States.DataLimitExceeded", "256 KiB");
  return value;
}

function assertNone(of: string, rest: Json): void {
  const [name] = Object.keys(rest);
  if (name !== undefined) throw new Error(`${of}: the field ${name} is not understood here`);
}

function objectOf(value: unknown): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("an object was expected");
  return value as Json;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
