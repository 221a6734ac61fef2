/** Ids: minted once, in ASCII, and never changed. */
import { v5 as uuidv5 } from "uuid";
import { flat } from "../base/flat.ts";

export interface TagAuthority {
  /** Of every tag URI: a domain name, and a year in which the owner held it (RFC 4151 §2.1). */
  readonly authority: string;
  readonly since: number;
}

/**
 * The id that the author gave, where it is a URI; else a tag URI made of it, or of the key without its extension.
 * A key whose id is taken, because the post that had it was renamed, gets a suffix.
 */
export function mintId(
  key: string,
  given: string | undefined,
  authority: TagAuthority,
  isTaken: (id: string) => boolean,
): string {
  if (given !== undefined) return givenId(given, authority);
  const base = tagUri(authority, encode(key.replace(/\.[^./]*$/, "")));
  let id = base;
  for (let suffix = 2; isTaken(id); suffix++) id = `${base}-${suffix}`;
  return flat(id);
}

/**
 * A URI stays as it is, byte for byte, unless it is that of a feed; anything else becomes part of a tag URI, since Atom wants an
 * IRI.
 */
export function givenId(given: string, authority: TagAuthority): string {
  const isUri = /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(given) && !given.startsWith(tagUri(authority, "feeds:"));
  return isUri ? given : tagUri(authority, `id:${encode(given)}`);
}

/** A channel's feed id. Its colon tells it from the ids of posts, in which colons are encoded. */
export function channelId(channel: string, authority: TagAuthority): string {
  return tagUri(authority, `feeds:${encode(channel)}`);
}

/** Namespace of `podcast:guid` (podcastindex.org/namespace/1.0#guid). */
const PODCAST_NAMESPACE = "ead4c236-bf58-58c6-a2c6-a6b28d128cb6";

/** UUIDv5 (RFC 9562 §5.5) of a feed's address without its scheme and the slashes at its end. */
export const mintPodcastGuid = (url: string): string =>
  uuidv5(url.replace(/^https?:\/\//, "").replace(/(?<!\/)\/+$/, ""), PODCAST_NAMESPACE);

const tagUri = ({ authority, since }: TagAuthority, specific: string): string =>
  `tag:${authority},${since}:${specific}`;

const encode = (text: string): string => text.toWellFormed().split("/").map(encodeURIComponent).join("/");
