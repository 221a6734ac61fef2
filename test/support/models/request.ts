/** A recorded request → the operation, its input, and what is wrong with it by the service's model. */
import { headerOf, serviceOf, type WireRequest } from "./exchange.ts";
import { type Member, type Model, modelOf, type Operation, type Shape, shapeOf } from "./model.ts";
import { type Asked, operationOf } from "./operations.ts";
import { readForm } from "./query.ts";
import { fromText, isRecord, ofStructure } from "./values.ts";
import { parseXml, readElement } from "./xml.ts";

export interface ReadRequest {
  /** As requests are signed for it: `s3`. */
  readonly service: string;
  readonly model: Model;
  readonly operation: Operation;
  readonly input: { readonly [name: string]: unknown };
  readonly problems: readonly string[];
}

/** `undefined`: it is not signed, so none for AWS. Throws for an operation that the service does not have. */
export function readRequest(request: WireRequest): ReadRequest | undefined {
  const service = serviceOf(request);
  if (service === undefined) return undefined;
  const model = modelOf(service);
  const asked = operationOf(model, request);
  if (!asked) throw new Error(`${model.metadata.serviceId} has no operation for ${request.method} ${request.path}`);
  const problems: string[] = [];
  const input = { ...readParts(asked, model, request, problems), ...readBody(asked, model, request, problems) };
  problems.push(...ofStructure(model, asked.input, input, ""));
  // The SDK fills in what makes a repeated request the same one.
  for (const [name, { idempotencyToken }] of Object.entries(asked.input.members ?? {})) {
    if (idempotencyToken && input[name] === undefined) problems.push(`${name} is missing`);
  }
  return { service, model, operation: asked.operation, input, problems };
}

/** Headers with which requests are signed or retried, of every service. */
const COMMON = /^x-amz-(?:date|content-sha256|security-token|user-agent|target)$|^x-amzn-query-mode$/;

/** What stands in the path, in the query and in headers. */
function readParts({ operation, input, labels, query }: Asked, model: Model, request: WireRequest, problems: string[]) {
  const { protocol } = model.metadata;
  if (protocol === "json" || protocol === "query") return {};
  const value: { [name: string]: unknown } = { ...labels };
  const left = new Map(query);
  for (const name of new URLSearchParams(operation.http.requestUri.split("?")[1]).keys()) left.delete(name);
  const id = left.get("x-id");
  if (id !== undefined && id !== operation.name) problems.push(`x-id is ${id}, not ${operation.name}`);
  left.delete("x-id");
  const known = new Set<string>();
  for (const [name, member] of Object.entries(input.members ?? {})) {
    const { location, locationName = name } = member;
    const shape = shapeOf(model, member);
    if (location === "querystring" && left.has(locationName)) {
      value[name] = fromText(shape, left.get(locationName) ?? "", member);
      left.delete(locationName);
    }
    if (location === "header") {
      known.add(locationName.toLowerCase());
      const text = headerOf(request.headers, locationName.toLowerCase());
      if (text !== undefined) value[name] = shape.type === "list" ? text.split(/, ?/) : fromText(shape, text, member);
    }
    if (location === "headers") {
      const given = Object.keys(request.headers).filter((each) => each.startsWith(locationName.toLowerCase()));
      for (const each of given) known.add(each);
      if (given.length > 0) {
        value[name] = Object.fromEntries(given.map((each) => [each, headerOf(request.headers, each) ?? ""]));
      }
    }
  }
  const isChecksum = (name: string) => operation.httpChecksum !== undefined && name.startsWith("x-amz-checksum-");
  problems.push(...[...left.keys()].map((name) => `the parameter ${name} is unknown`));
  const strangers = Object.keys(request.headers).filter(
    (name) => name.startsWith("x-amz") && !known.has(name) && !COMMON.test(name) && !isChecksum(name),
  );
  problems.push(...strangers.map((name) => `the header ${name} is unknown`));
  return value;
}

function readBody({ operation, input }: Asked, model: Model, { body }: WireRequest, problems: string[]) {
  const { protocol } = model.metadata;
  if (protocol === "query") {
    if (!operation.input) return {};
    const form = readForm(model, operation.input, new URLSearchParams(body));
    problems.push(...form.problems);
    return isRecord(form.value) ? form.value : {};
  }
  if (protocol === "json" || protocol === "rest-json") {
    if (body === "") return {};
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  }
  const [name, payload] = payloadOf(input) ?? [];
  if (name === undefined || payload === undefined || body === "") return {};
  if (shapeOf(model, payload).type !== "structure") return { [name]: body };
  const read = readRoot(model, payload, body, name);
  problems.push(...read.problems);
  return { [name]: read.value };
}

const payloadOf = ({ payload, members = {} }: Shape): readonly [string, Member] | undefined => {
  const member = payload === undefined ? undefined : members[payload];
  return payload === undefined || !member ? undefined : [payload, member];
};

/** The document that a payload is, with the name and namespace of its root. */
export function readRoot(model: Model, payload: Member, xml: string, at: string) {
  const root = parseXml(xml);
  const tag = payload.locationName ?? payload.shape;
  const uri = payload.xmlNamespace?.uri;
  const read = readElement(model, payload, root, at);
  return {
    value: read.value,
    problems: [
      ...(root.name === tag ? [] : [`${at} is <${root.name}>, not <${tag}>`]),
      ...(uri === undefined || root.uri === uri ? [] : [`${at} is in the namespace "${root.uri}", not "${uri}"`]),
      ...read.problems,
    ],
  };
}
