/** What is wrong with an answer to a request, by the service's model. */
import { headerOf, type WireAnswer } from "./exchange.ts";
import { type Member, type Model, type Shape, shapeOf } from "./model.ts";
import type { ReadRequest } from "./request.ts";
import { fromText, isRecord, ofStructure, problemsOfValue } from "./values.ts";
import { parseXml, readElement } from "./xml.ts";

/**
 * Errors that operations have besides those of their own: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html and its like of every service.
 */
const COMMON: { readonly [code: string]: readonly number[] } = {
  AccessDenied: [403],
  AccessDeniedException: [400, 403],
  InternalFailure: [500],
  ServiceUnavailable: [503],
  ThrottlingException: [400],
  Throttling: [400],
  InvalidClientTokenId: [403],
};

const OF_S3: { readonly [code: string]: readonly number[] } = {
  AuthorizationHeaderMalformed: [400],
  ConditionalRequestConflict: [409],
  ExpiredToken: [400],
  InternalError: [500],
  InvalidAccessKeyId: [403],
  InvalidArgument: [400],
  InvalidRange: [416],
  InvalidToken: [400],
  NoSuchBucket: [404],
  NoSuchKey: [404],
  NoSuchUpload: [404],
  NotImplemented: [501],
  PermanentRedirect: [301],
  PreconditionFailed: [412],
  RequestTimeTooSkewed: [403],
  RequestTimeout: [400],
  SignatureDoesNotMatch: [403],
  SlowDown: [503],
};

export function problemsOfAnswer(request: ReadRequest, answer: WireAnswer): readonly string[] {
  const { model, operation, service } = request;
  const { protocol } = model.metadata;
  if (answer.status >= 300) return ofError(request, answer);
  const { responseCode = 200, method } = operation.http;
  const codes =
    service === "s3"
      ? { PUT: [200], DELETE: [204], GET: [200, 206], HEAD: [200], POST: [200] }[method]
      : [responseCode];
  const problems = codes?.includes(answer.status) ? [] : [`the status is ${answer.status}, not ${codes?.join(" or ")}`];
  if (!operation.output) return problems;
  const output = shapeOf(model, operation.output);
  if (protocol === "json" || protocol === "rest-json") {
    return [...problems, ...ofStructure(model, output, objectIn(answer.body), "")];
  }
  const members = Object.entries(output.members ?? {});
  for (const [name, member] of members.filter(([, { location }]) => location === "header")) {
    const text = headerOf(answer.headers, (member.locationName ?? name).toLowerCase());
    if (text === undefined) continue;
    const shape = shapeOf(model, member);
    problems.push(
      ...problemsOfValue(model, member, fromText(shape, text, member), `the header ${member.locationName ?? name}`),
    );
  }
  const known = new Set(members.map(([name, { locationName = name }]) => locationName.toLowerCase()));
  const strangers = Object.keys(answer.headers).filter(
    (name) =>
      name.startsWith("x-amz") &&
      !known.has(name) &&
      !name.startsWith("x-amz-meta-") &&
      !/^x-amz-(?:request-id|id-2)$/.test(name),
  );
  problems.push(...strangers.map((name) => `the header ${name} is unknown`));
  const payload = output.payload === undefined ? undefined : output.members?.[output.payload];
  if (payload) {
    if (shapeOf(model, payload).type !== "structure") return problems;
    return [...problems, ...ofDocument(model, payload, answer.body)];
  }
  const inBody = members.filter(([, { location }]) => location === undefined);
  if (inBody.length > 0) return [...problems, ...ofDocument(model, operation.output, answer.body, output)];
  return answer.body === "" ? problems : [...problems, "there is a body, of which nothing is known"];
}

/** The outermost element of an answer is not read by its name, but services give it the name of its shape. */
function ofDocument(model: Model, member: Member, xml: string, output?: Shape): readonly string[] {
  const root = parseXml(xml);
  const { value, problems } = readElement(model, member, root, "");
  const uri = member.xmlNamespace?.uri;
  return [
    ...(uri === undefined || root.uri === uri ? [] : [`the namespace is "${root.uri}", not "${uri}"`]),
    ...problems,
    // What is required of an output may stand in headers.
    ...(isRecord(value) ? ofStructure(model, { ...(output ?? shapeOf(model, member)) }, value, "") : []),
  ];
}

function ofError({ model, operation, service }: ReadRequest, { status, headers, body }: WireAnswer): readonly string[] {
  const { protocol } = model.metadata;
  // Between a client and AWS are others that fail, and tell no code; nor can what has no body.
  if (body === "" && (status >= 500 || status === 304 || operation.http.method === "HEAD")) return [];
  const code = protocol.endsWith("json") ? codeInJson(headers, body) : codeInXml(protocol, service, body);
  if (code === undefined) return ["the error has no code"];
  const shapes = (operation.errors ?? []).map((member) => [member.shape, shapeOf(model, member)] as const);
  const own = shapes.find(([name, { error }]) => (error?.code ?? name) === code);
  const statuses = own
    ? [own[1].error?.httpStatusCode ?? (service === "s3" ? OF_S3[code]?.[0] : 400) ?? 400]
    : { ...COMMON, ...(service === "s3" ? OF_S3 : {}) }[code];
  if (!statuses) return [`${code} is no error of ${operation.name}`];
  return statuses.includes(status) ? [] : [`the status of ${code} is ${status}, not ${statuses.join(" or ")}`];
}

function codeInJson(headers: WireAnswer["headers"], body: string): string | undefined {
  const { __type, code } = objectIn(body);
  const named = headerOf(headers, "x-amzn-errortype") ?? __type ?? code;
  return typeof named === "string" ? named.replace(/^.*#/, "").replace(/:.*$/, "") : undefined;
}

function codeInXml(protocol: string, service: string, body: string): string | undefined {
  const root = parseXml(body);
  // Only errors of S3 are not wrapped: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html#operation-error-serialization
  const isBare = service === "s3" && protocol === "rest-xml";
  const error = isBare ? root : root.children.find(({ name }) => name === "Error");
  if (root.name !== (isBare ? "Error" : "ErrorResponse")) return undefined;
  return error?.children.find(({ name }) => name === "Code")?.text;
}

function objectIn(body: string): { readonly [name: string]: unknown } {
  const value: unknown = body === "" ? {} : JSON.parse(body);
  return isRecord(value) ? value : {};
}
