/** Why a request to S3 failed, in words, and what to set so that the next one does not. */
import { S3ServiceException } from "@aws-sdk/client-s3";

/** The server that was asked; none for AWS. */
type Endpoint = string | undefined;

const SESSION = "the session has expired: sign in again with aws sso login, or renew AWS_SESSION_TOKEN and its keys";

/** By the code of the server. */
const EXPLAINED: { readonly [name: string]: string } = {
  NoSuchBucket: "the bucket does not exist: create it, or correct its name",
  InvalidBucketName: "no bucket has such a name: correct it; it has small letters, digits and dashes",
  AccessDenied: "access denied: check the credentials and the policy of the bucket",
  InvalidAccessKeyId: "the server does not know this access key: check AWS_ACCESS_KEY_ID, or AWS_PROFILE",
  SignatureDoesNotMatch: "the secret is not that of the access key: check AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
  ...{ ExpiredToken: SESSION, TokenRefreshRequired: SESSION, ExpiredTokenException: SESSION },
  InvalidToken:
    "the session is not that of the keys: check AWS_SESSION_TOKEN, or unset it where the keys are permanent",
  RequestTimeTooSkewed:
    "the clock of this machine is not that of the server: set it, such as with timedatectl set-ntp true",
  MethodNotAllowed: "the server refuses the request, as websites do: check AWS_ENDPOINT_URL_S3",
};

/** The bucket is in another region than the one that was asked. */
const WRONG_REGION = new Set([
  "PermanentRedirect",
  "TemporaryRedirect",
  "AuthorizationHeaderMalformed",
  "IllegalLocationConstraintException",
]);

/** By the code of the system, behind its own words. `{at}` stands for the server. */
const CONNECTION: readonly (readonly [codes: string, there: string, onAws: string])[] = [
  [
    "ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH ETIMEDOUT TimeoutError",
    "nobody answers at {at}, so check AWS_ENDPOINT_URL_S3",
    "nobody answers, so check AWS_REGION, which is a part of the address, and the network",
  ],
  [
    "EPROTO ERR_SSL_WRONG_VERSION_NUMBER ERR_SSL_PACKET_LENGTH_TOO_LONG",
    "there is no TLS at {at}, so write http:// in AWS_ENDPOINT_URL_S3",
    "something between answers in place of AWS, so check the network",
  ],
  [
    "HPE_INVALID_CONSTANT HPE_INVALID_VERSION",
    "what answers at {at} is no HTTP, so write https:// in AWS_ENDPOINT_URL_S3, or another port",
    "something between answers in place of AWS, so check the network",
  ],
  [
    "DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "nobody vouches for the certificate of {at}, so set NODE_EXTRA_CA_CERTS to the file of who signed it",
    "something between signs in place of AWS, so set NODE_EXTRA_CA_CERTS to the file of its certificate",
  ],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "the certificate at {at} is that of another name, so write that one in AWS_ENDPOINT_URL_S3",
    "the name of the bucket is none for a certificate, so take a bucket without dots in its name",
  ],
  ["CERT_HAS_EXPIRED", "the certificate of {at} has to be renewed", "check the clock of this machine"],
  [
    "ECONNRESET EPIPE",
    "the connection to {at} broke, so try again, or with https:// in place of http://",
    "the connection broke, so try again",
  ],
];

export function explain(error: unknown, endpoint: Endpoint): string {
  if (isNoReplyOfS3(error)) return explainOther(statusOf(error), endpoint);
  if (error instanceof S3ServiceException) return explainReply(error);
  if (!(error instanceof Error)) return String(error);
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  const text = errors.map((each) => wordsOf(each)).join("; ");
  const codes = errors.map((each) => codeOf(each));
  const found = CONNECTION.find(([all]) => codes.some((code) => all.split(" ").includes(code)));
  if (!found) return text;
  const [, there, onAws] = found;
  return `${text}: ${endpoint === undefined ? onAws : there.replace("{at}", endpoint)}`;
}

const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { readonly code?: string; readonly name?: string };
  return code ?? name ?? "";
};

function explainReply(error: S3ServiceException): string {
  const { name, message } = error;
  const known = Object.hasOwn(EXPLAINED, name) ? EXPLAINED[name] : undefined;
  if (known !== undefined) return known;
  const text = message ? `${name}: ${message.replace(/\.$/, "")}` : name;
  if (WRONG_REGION.has(name)) {
    const region = regionOf(error);
    return `${text}: set AWS_REGION to ${region ?? "the region of the bucket"}`;
  }
  const { httpStatusCode = 0 } = error.$metadata;
  return httpStatusCode >= 500 || httpStatusCode === 429
    ? `${text}: the server is busy or broken, so try again later`
    : text;
}

/** As the server names it. */
function regionOf(error: S3ServiceException): string | undefined {
  const [, expected] = /expecting '([a-z\d-]+)'/.exec(error.message) ?? [];
  const header = (error.$response?.headers as { readonly [name: string]: string } | undefined)?.["x-amz-bucket-region"];
  return expected ?? header;
}

/** The reply of something else than S3: no XML, or none that names an error. */
const isNoReplyOfS3 = (error: unknown): boolean =>
  error instanceof Error &&
  (/Deserialization error/.test(error.message) ||
    (error instanceof S3ServiceException && /^(?:Unknown|UnknownError|NotFound)$/.test(error.name)));

const statusOf = (error: unknown): number =>
  (error as { readonly $response?: { readonly statusCode?: number } }).$response?.statusCode ?? 0;

function explainOther(status: number, endpoint: Endpoint): string {
  if (status >= 500) return `the server answers ${status}: it is broken or busy, so try again later`;
  const said = `the server answers ${status}, and not as S3 does`;
  const credentials = status === 401 || status === 403 ? "the credentials, and " : "";
  return endpoint === undefined
    ? `${said}: check ${credentials}what lies between, such as a proxy`
    : `${said}: check ${credentials}AWS_ENDPOINT_URL_S3, which is ${endpoint}: the server, its port, and http:// or https://`;
}

/** Of `402DC5ED117F0000:error:0A00010B:SSL routines:function:what it means:file:line:` what it means. */
function withoutOpenSsl(message: string): string {
  const parts = message.split(":");
  return (parts[parts.indexOf("error") + 4] ?? "").trim() || message;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, name } = error;
  if (message === "Region is missing") {
    return "no region is set: set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a server other than AWS";
  }
  if (message.startsWith("Could not load credentials from any providers")) {
    return "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile that has them";
  }
  if (/sso/i.test(message) && /expired|invalid/i.test(message)) return SESSION;
  return message.includes(":error:") ? withoutOpenSsl(message) : message || name;
}
