/** The work of a helper: reads, renders and writes as the main thread does, from the same lists. */
import { digestOf } from "../base/digest.ts";
import { renderEntry } from "../content/entry.ts";
import type { Etag } from "../model.ts";
import type { HelperOperations, Parts, ReadJob, RenderJob, WriteJob, WritePart } from "../publish/helper.ts";
import { ownHash, type PublicRecord } from "../publish/render/posts.ts";
import { fromFirst, renderClaimed } from "../publish/render/together.ts";
import type { Finding } from "../publish/scan/findings.ts";
import { keptPosts } from "../publish/scan/kept.ts";
import type { Objects } from "../publish/scan/objects.ts";
import { openOthers } from "../publish/scan/others.ts";
import { noteStopped, slowPosts, stoppedPosts } from "../publish/scan/slow.ts";
import { readClaimed } from "../publish/scan/together.ts";
import { documentsIn } from "../publish/write/pieces.ts";
import { forEachClaimed } from "../publish/write/together.ts";
import { countedStore } from "../stores/counted.ts";
import { type Store, StoreConflict } from "../stores/store.ts";
import type { HelperRequest } from "./messages.ts";
import { openTimeLimit, type TimeLimit } from "./timelimit.ts";

/** Findings that are handed back at once: few large messages cost less than many. */
const FINDINGS_AT_ONCE = 256;
const DOCUMENTS_AT_ONCE = 64;

export interface JobInput {
  readonly content: Store;
  readonly public: Store;
  /** Instead of one with the limits of the run. */
  readonly limit?: TimeLimit;
  /** Hands back a part. */
  readonly send: (part: Parts[keyof Parts]) => void;
}

export interface HelperWork {
  /** Works as long as there is something to claim. Throws when a store fails. */
  work(request: HelperRequest): Promise<void>;
  operations(): HelperOperations;
}

export function openJobs({ send, limit, ...stores }: JobInput): HelperWork {
  const content = countedStore(stores.content);
  const publicStore = countedStore(stores.public);
  let slow = slowPosts(limit ?? openTimeLimit());
  let listed: Objects | undefined;
  let posts = keptPosts(0);
  /** Of the file of each post, by key: it may be another when a round begins again. */
  let etags = new Map<string, Etag>();

  function begin({ limits, stopped }: Pick<ReadJob, "limits" | "stopped">): void {
    slow = { limit: limit ?? openTimeLimit(limits), stopped: slow.stopped };
    noteStopped(slow, stopped);
  }

  async function read(job: ReadJob): Promise<void> {
    const { claims, keys, site, published, room } = job;
    begin(job);
    posts = keptPosts(room);
    etags = new Map();
    listed = job.listed;
    const dates = new Map(keys.map((key, i) => [key, published[i]]));
    const input = {
      content,
      site,
      slow,
      log: () => undefined,
      publishedOf: (key: string) => dates.get(key),
      others: openOthers(content, listed),
    };
    let findings: (readonly [string, Finding])[] = [];
    const handBack = () => {
      send({ findings, stopped: stoppedPosts(slow) } satisfies Parts["read"]);
      findings = [];
    };
    await readClaimed(input, { claims, keys }, (key, { finding, post }) => {
      if (post) posts.keep(post);
      if (post && finding && !finding.gone) etags.set(key, finding.etag);
      if (finding && !isOfThisThread(finding)) findings.push([key, finding]);
      if (findings.length === FINDINGS_AT_ONCE) handBack();
    });
    handBack();
  }

  async function render(job: RenderJob): Promise<void> {
    const { site } = job;
    begin(job);
    const rendering = {
      ...{ content, site, slow, others: openOthers(content, listed) },
      renderEntry: async (post: Parameters<typeof renderEntry>[0]) => slow.limit.run(() => renderEntry(post)),
    };
    const postOf = ({ key, etag, facts }: PublicRecord) => {
      const post = posts.posts.get(key);
      return etags.get(key) === etag && post?.inputHash === ownHash(facts) ? post : undefined;
    };
    await renderClaimed(job, {
      ...{ nextTask: fromFirst, postOf, rendering },
      take: (block, faults) => {
        // One that moved may be another only by a listing that a scan since has replaced: the main thread tries again.
        const told = faults.filter(([, fault]) => "failed" in fault && fault.failed.problem.code !== FAILED);
        send({ block, faults: told, stopped: stoppedPosts(slow) } satisfies Parts["render"]);
      },
    });
  }

  async function write({ claims, documents, pieces, cacheControl, within }: WriteJob, sent: number): Promise<void> {
    let part: { put: WritePart["put"][number][]; conflicts: number[] } = { put: [], conflicts: [] };
    const handBack = () => {
      send(part satisfies Parts["write"]);
      part = { put: [], conflicts: [] };
    };
    const bytesOfDocument = documentsIn(pieces);
    await forEachClaimed({ claims, total: documents.length }, async (number) => {
      const document = documents[number];
      if (!document) return;
      const { path, contentType, known } = document;
      const passed = Date.now() - sent;
      if (passed < 0 || passed > within) throw new Error("the lease may be over");
      const body = bytesOfDocument(number);
      const condition = known === undefined ? { ifAbsent: true } : { ifMatch: known };
      try {
        const etag = await publicStore.put(path, body, { contentType, cacheControl, ...condition });
        part.put.push([number, { etag, digest: digestOf(body) }]);
      } catch (error) {
        if (!(error instanceof StoreConflict)) throw error;
        part.conflicts.push(number);
      }
      if (part.put.length + part.conflicts.length === DOCUMENTS_AT_ONCE) handBack();
    }).finally(handBack);
  }

  return {
    work({ kind, job, sent }) {
      switch (kind) {
        case "read":
          return read(job);
        case "render":
          return render(job);
        case "write":
          return write(job, sent);
      }
    },
    operations: () => ({ content: content.operations, public: publicStore.operations }),
  };
}

/** Of what failed without a known reason: that a thread has a smaller stack may be one. The main thread tries again. */
const FAILED = "unrenderable";

const isOfThisThread = (finding: Finding): boolean =>
  !finding.gone && finding.problems.some(({ code }) => code === FAILED);
