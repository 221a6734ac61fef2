/** What apps are told of this server (https://indieauth.spec.indieweb.org/#indieauth-server-metadata, RFC 8414), and how they find it. */
import { ADDRESSES, WRITING } from "../../base/writing.ts";
import { SCOPES } from "../people/roles.ts";

/** The issuer: a prefix of the address of the metadata, and in every answer to an app, which knows by it whose answer it is (RFC 9207). */
export const issuerOf = (origin: string): string => `${origin}${WRITING}`;

export const metadataOf = (origin: string): object => ({
  issuer: issuerOf(origin),
  authorization_endpoint: `${origin}${ADDRESSES.authorization}`,
  token_endpoint: `${origin}${ADDRESSES.token}`,
  introspection_endpoint: `${origin}${ADDRESSES.introspection}`,
  // RFC 8414, section 2, allows names of types of access tokens here.
  introspection_endpoint_auth_methods_supported: ["Bearer"],
  revocation_endpoint: `${origin}${ADDRESSES.revocation}`,
  revocation_endpoint_auth_methods_supported: ["none"],
  token_endpoint_auth_methods_supported: ["none"],
  scopes_supported: SCOPES,
  response_types_supported: ["code"],
  response_modes_supported: ["query"],
  grant_types_supported: ["authorization_code", "refresh_token"],
  code_challenge_methods_supported: ["S256"],
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: true,
});

interface DiscoveryLink {
  readonly rel: string;
  readonly href: string;
}

/** What a page carries by which apps find where to ask; the last two are for those that know no metadata. */
export const discoveryLinks = (origin: string): readonly DiscoveryLink[] => [
  { rel: "indieauth-metadata", href: `${origin}${ADDRESSES.metadata}` },
  { rel: "micropub", href: `${origin}${ADDRESSES.micropub}` },
  { rel: "authorization_endpoint", href: `${origin}${ADDRESSES.authorization}` },
  { rel: "token_endpoint", href: `${origin}${ADDRESSES.token}` },
];

/** As the header `Link`, which apps look for first. */
export const discoveryHeader = (origin: string): string =>
  discoveryLinks(origin)
    .map(({ rel, href }) => `<${href}>; rel="${rel}"`)
    .join(", ");
