/** Requests for episodes, videos and streams → how often each was downloaded. */
import type { Agent, AgentKind, LogRequest, RecordingCount, Target } from "../types.ts";
import { downloadOf, nothingYet, type Received, receive } from "./downloads.ts";
import type { Hasher, HashSet } from "./hashes.ts";
import { at, sorted } from "./tallies.ts";

type RecordingTarget = Target & { readonly kind: "recording" };

export interface RecordingCounter {
  /** `client`: its salted hash. */
  take(request: LogRequest, agent: Agent, client: number, target: RecordingTarget): void;
  finish(): { readonly [path: string]: RecordingCount };
}

/** What one client has of one file, as long as that is no download. */
interface Begun extends Received {
  readonly target: RecordingTarget;
  /** Of client and recording. */
  readonly download: number;
}

/** Agents that fetch, and do not listen: scripts as well, and the servers of directories. */
const FETCHING: ReadonlySet<AgentKind> = new Set(["bot", "monitor", "aggregator", "program"]);

/** `seen`: downloads are noted there, each once. */
export function openRecordings(hasher: Hasher, seen: HashSet): RecordingCounter {
  const counts = new Map<string, { downloads: number; estimated: number; bytes: number }>();
  const begun = new Map<number, Begun>();
  const countAt = (path: string) => at(counts, path, () => ({ downloads: 0, estimated: 0, bytes: 0 }));
  const fileOf = ({ recording, file }: RecordingTarget) => recording.files[file];

  return {
    take(request, { kind }, client, target) {
      const { status, bytes } = request;
      if ((status !== 200 && status !== 206) || FETCHING.has(kind)) return;
      const { recording, file } = target;
      const count = countAt(recording.path);
      count.bytes += bytes;
      const download = hasher.pair(client, hasher.of(`download ${recording.path}`));
      if (seen.has(download)) return;
      const place = hasher.pair(client, hasher.of(`file ${file} ${recording.path}`));
      const received = begun.get(place) ?? { target, download, ...nothingYet() };
      const described = fileOf(target);
      if (described) receive(received, described, request);
      if (recording.isStream || (described && downloadOf(received, described) === "exact")) {
        seen.add(download);
        count.downloads += 1;
        begun.delete(place);
      } else begun.set(place, received);
    },

    /** Estimates come last: one and the same client may have been counted without. */
    finish() {
      for (const { target, download, ...received } of begun.values()) {
        const file = fileOf(target);
        if (!file || downloadOf(received, file) !== "estimated" || !seen.add(download)) continue;
        const count = countAt(target.recording.path);
        count.downloads += 1;
        count.estimated += 1;
      }
      begun.clear();
      return sorted(counts);
    },
  };
}
