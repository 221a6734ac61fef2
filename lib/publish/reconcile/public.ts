/** The record of a post that is to be public, unless another post has its id or its address. */

import { idsOf } from "../../adopt/ledger.ts";
import { digest } from "../../base/digest.ts";
import { present } from "../../base/optional.ts";
import { type ProblemCode, problem } from "../../base/problems.ts";
import { isRecording } from "../../content/facts/mime.ts";
import { linkedHash } from "../../content/links/hash.ts";
import type { Facts, FormerIds, Instant, Live, Post, PostRecord, Problem, Reference } from "../../model.ts";
import { givenId, mintId, type TagAuthority } from "../../state/ids.ts";
import type { Catalog } from "../../state/types.ts";
import type { Candidate } from "./candidate.ts";
import type { Holders } from "./holders.ts";
import { keptOf, madeFrom } from "./nonpublic.ts";
import type { KnownPost } from "./recognise.ts";
import { updatedOf } from "./updated.ts";

interface PublicInput {
  readonly catalog: Catalog | undefined;
  readonly authority: TagAuthority;
  readonly now: Instant;
  readonly keepsUpdated?: boolean | undefined;
}

/** Notes the post among the holders of ids and addresses. */
export function publicRecord(candidate: Candidate, holders: Holders, input: PublicInput): PostRecord {
  const { post, etag, known } = candidate;
  const { key } = post;
  const { id, ids, adopted } = idOf(candidate, holders, input);
  const taken = takenBy(candidate, id, holders);
  if (taken) return conflictingRecord(candidate, holders, [...candidate.problems, taken]);
  holders.byId.set(id, key);
  holders.byUrl.set(post.url, key);
  const facts = factsOf({ ...candidate, adopted }, id, ids, input);
  const isRendered = known?.facts.inputHash === facts.inputHash;
  return {
    key,
    state: "public",
    etag,
    problems: [...candidate.problems, ...unfollowed(post, id, input)],
    ...madeFrom(candidate),
    ...present({ due: dueOf(post, input.now), expires: post.expires }),
    facts,
    ...present({ rendered: isRendered ? known.rendered : undefined }),
  };
}

/** When it expires, or an update that the author dates later than now has come, whichever is first. */
function dueOf({ expires, updated }: Candidate["post"], now: Instant): Instant | undefined {
  if (updated === undefined || updated <= now) return expires;
  return expires !== undefined && expires < updated ? expires : updated;
}

/** Warnings of what the author gives and is not followed. */
function unfollowed({ key, lines, ...post }: Candidate["post"], id: string, { authority, now }: PublicInput) {
  const given = post.id === undefined ? id : givenId(post.id, authority);
  const { updated = now } = post;
  const warn = (code: ProblemCode, message: string, line = 1) => [problem(code, key, message, line)];
  return [
    ...(given === id ? [] : warn("id-changed", `readers know the post as ${id}, not as ${given}`, lines.id)),
    ...(updated <= now ? [] : warn("updated-future", `the update at ${updated} is still to come`, lines.updated)),
  ];
}

/** The id under which readers know the post, or a new one. */
function idOf({ post, known, ...candidate }: Candidate, { byId }: Holders, { authority }: PublicInput) {
  const { key } = post;
  // Another post that had this key took its adopted ids along when it was renamed.
  const isFree = candidate.adopted && idsOf(candidate.adopted).every((id) => byId.get(id) === key);
  const adopted = isFree ? candidate.adopted : undefined;
  const ids = known ? known.facts.ids : adopted?.ids;
  const adoptedId = post.id === undefined ? adopted?.id : undefined;
  const id = known?.facts.id ?? adoptedId ?? mintId(key, post.id, authority, (taken) => byId.has(taken));
  return { id, ids, adopted };
}

/** The problem of a post whose id or address is another's. */
function takenBy({ post }: Candidate, id: string, { byId, byUrl }: Holders): Problem | undefined {
  const { key, url, lines } = post;
  const conflict = (code: ProblemCode, what: string, holder: string | undefined, line = 1) =>
    holder === undefined || holder === key ? undefined : problem(code, key, `the ${what} is that of ${holder}`, line);
  return (
    conflict("id-taken", `id ${id}`, byId.get(id), lines.id) ??
    conflict("url-taken", `address ${url}`, byUrl.get(url), lines.url)
  );
}

/** Its last good entry stays, at its former address. */
function conflictingRecord(candidate: Candidate, holders: Holders, problems: readonly Problem[]): PostRecord {
  const { post, etag, known } = candidate;
  const { key } = post;
  const kept = keptOf(known, post);
  if (kept.facts && kept.lastGood) holders.byUrl.set(kept.facts.url, key);
  const left = kept.lastGood ? undefined : known?.left;
  return {
    key,
    state: "conflicting",
    etag,
    problems,
    ...madeFrom(candidate),
    ...present({ due: post.expires, expires: post.expires }),
    ...kept,
    ...present({ left }),
  };
}

function factsOf(candidate: Candidate, id: string, ids: FormerIds | undefined, input: PublicInput): Facts {
  const { post } = candidate;
  return {
    id,
    ...present({ ids }),
    title: post.title,
    url: post.url,
    published: post.published,
    ...present({ givesId: (post.id !== undefined && givenId(post.id, input.authority) === id) || undefined }),
    ...present({ undated: post.undated }),
    updated: updatedOf(candidate, input),
    language: post.language,
    authors: post.authors.map(({ name }) => name),
    tags: post.tags,
    categories: post.categories,
    ...present({ section: post.section, terms: post.terms }),
    size: post.size,
    ...present({ leadSize: post.leadSize }),
    ...present({ live: post.live && streamOf(post.live), content: post.content, translation: post.translation }),
    ...present({ playable: post.media.some(isRecording) || undefined, besides: besidesOf(post) }),
    sourceDigest: post.sourceDigest,
    wordsDigest: post.wordsDigest,
    ...linksOf(post, candidate.known),
  };
}

/** Links to other posts lead where they led, until it is known where these are now (`links.ts`). */
function linksOf({ key, references, inputHash: own, names }: Candidate["post"], known: KnownPost | undefined) {
  if (!references) return { inputHash: own, ...present({ names }) };
  const former = known?.facts.links;
  const isSame =
    known?.key === key && former && digest(former.references.map(asWritten)) === digest(references.map(asWritten));
  const links = { references, targets: (isSame && former.targets) || [], own };
  return { inputHash: linkedHash(links), links, ...present({ names }) };
}

/** Whichever line it is on. */
const asWritten = ({ line: _, ...written }: Reference) => written;

function besidesOf({
  media,
  episode,
  image,
  live,
  above,
}: Pick<Post, "media" | "episode" | "image" | "live" | "above">): number | undefined {
  if (media.length === 0 && !episode && image === undefined && !live && !above) return undefined;
  return Buffer.byteLength(JSON.stringify([media, episode, image, live, ...(above ? [above] : [])]));
}

const streamOf = ({ start, end, status }: Live): Pick<Live, "start" | "end" | "status"> => ({
  start,
  ...present({ end, status }),
});
