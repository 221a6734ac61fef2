/**
 * AWS's own models of its services: operations, members, types, patterns and errors. The SDK's packages carry members and bindings alone;
 * the AWS CLI has the whole models, and a package of the CDK has the CLI.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gunzipSync, unzipSync } from "fflate";

/** Of a member, too, which refers to a shape by name. */
export interface Traits {
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  readonly flattened?: boolean;
  readonly timestampFormat?: "iso8601" | "rfc822" | "unixTimestamp";
  readonly xmlNamespace?: { readonly uri: string };
  readonly idempotencyToken?: boolean;
}

export interface Member extends Traits {
  readonly shape: string;
}

export interface Shape extends Traits {
  readonly type: string;
  readonly members?: { readonly [name: string]: Member };
  readonly required?: readonly string[];
  /** The member that is the body. */
  readonly payload?: string;
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly error?: { readonly code?: string; readonly httpStatusCode: number };
}

export interface Operation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: Member;
  readonly output?: Member & { readonly resultWrapper?: string };
  readonly errors?: readonly Member[];
  /** It is sent with a checksum, whose header has the algorithm's name: https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait */
  readonly httpChecksum?: object;
}

export interface Model {
  readonly metadata: {
    readonly protocol: "json" | "rest-json" | "rest-xml" | "query";
    readonly targetPrefix?: string;
    readonly serviceId: string;
  };
  readonly operations: { readonly [name: string]: Operation };
  readonly shapes: { readonly [name: string]: Shape };
}

/** Names in the archive, where they are not those by which requests are signed. */
const FOLDERS: { readonly [service: string]: string } = { states: "stepfunctions", monitoring: "cloudwatch" };

const archive = () =>
  readFileSync(
    join(dirname(createRequire(import.meta.url).resolve("@aws-cdk/asset-awscli-v1/package.json")), "lib/layer.zip"),
  );
const kept = new Map<string, Model>();

/** By the name with which requests are signed: `s3`, `sqs`. Throws for a service that AWS does not have. */
export function modelOf(service: string): Model {
  const known = kept.get(service);
  if (known) return known;
  const folder = `awscli/botocore/data/${FOLDERS[service] ?? service}/`;
  const files = unzipSync(archive(), {
    filter: ({ name }) => name.startsWith(folder) && /\/service-2\.json(?:\.gz)?$/.test(name),
  });
  // Folders are named by the date of the API.
  const [, newest] = Object.entries(files).toSorted().at(-1) ?? [];
  if (!newest) throw new Error(`AWS has no model of a service "${service}"`);
  const model: Model = JSON.parse(new TextDecoder().decode(newest[0] === 0x1f ? gunzipSync(newest) : newest));
  kept.set(service, model);
  return model;
}

export function shapeOf({ shapes }: Model, { shape }: Member): Shape {
  const found = shapes[shape];
  if (!found) throw new Error(`the model has no shape ${shape}`);
  return found;
}
