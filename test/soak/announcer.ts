/** An announcer whose CDN and hub fail now and then. */
import { drainOutbox } from "../../lib/state/outbox.ts";
import type { HubAnnouncer } from "../../lib/state/types.ts";
import type { Random } from "../bench/random.ts";
import type { Stores } from "../support/world.ts";
import type { SimulatedTime } from "./time.ts";

const HUB = "https://hub.example/";

export interface AnnouncerInput {
  readonly stores: Pick<Stores, "public" | "state">;
  readonly time: SimulatedTime;
  readonly random: Random;
  readonly isFailing: boolean;
}

/** Takes what is to be announced, and announces it or leaves it for the next. */
export async function announce({ stores, time, random, isFailing }: AnnouncerInput): Promise<void> {
  const hubs: HubAnnouncer = {
    async topics(waiting, { paths }) {
      const all = [...new Set([...Object.values(waiting).flat(), ...paths])];
      return { [HUB]: all.filter((path) => path.endsWith("rss.xml")) };
    },
    async notify(topics, settle) {
      for (const path of topics[HUB] ?? []) if (!isFailing || random.chance(0.7)) settle(HUB, path);
    },
  };
  const invalidate = async () => {
    if (isFailing && random.chance(0.5)) throw new Error("the CDN is down");
  };
  const { public: published, state } = stores;
  const by = `announcer-${time.now().getTime()}-${random.between(0, 1e9)}`;
  const log = () => undefined;
  await drainOutbox({
    state,
    public: published,
    clock: time,
    announcer: { invalidate, hubs },
    by,
    patience: 60_000,
    log,
  });
}
