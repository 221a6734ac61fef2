/** The fields of a stream: where it is, since when, until when, and its recording. */
import { type Child, field, h } from "../../base/dom.ts";
import { toLocal } from "../../base/local.ts";
import type { PostLive } from "../../kept/types.ts";
import { addressField } from "./address.ts";
import { type ComposeForm, typed } from "./form.ts";
import { choices } from "./when.ts";

const STATUS: readonly PostLive["status"][] = ["live", "pending", "ended"];

export function liveFields({ post, edit }: ComposeForm): Child {
  const { live: first, former } = post();
  if (!first) return undefined;
  const change = (live: Partial<PostLive>) => edit({ live: { ...first, ...post().live, ...live } });
  const time = (label: string, value: string, act: (value: string) => void) =>
    field(label, h("input", { type: "datetime-local", value: toLocal(value), input: typed(act) }));
  const start = time(words.begins, first.start, (value) => change({ start: value }));
  const recording = addressField(
    words.recording,
    first.recording,
    (address) => change({ recording: address }),
    words.recordingHint,
  );
  const show = (status: PostLive["status"]) => {
    start.hidden = status !== "pending" && !former;
    recording.hidden = status !== "ended";
  };
  show(first.status);
  const choose = (status: PostLive["status"]) => {
    change({ status });
    show(status);
  };
  return [
    addressField(words.streamAddress, first.url, (url) => change({ url }), words.streamHint),
    h("fieldset", h("legend", words.stream), choices(STATUS, first.status, words.streams, choose)),
    start,
    time(words.ends, first.end, (value) => change({ end: value })),
    recording,
  ];
}
