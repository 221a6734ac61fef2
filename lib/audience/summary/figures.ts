/** Numbers of readers: of a day, of each channel of it, and how they change. */
import { present } from "../../base/optional.ts";
import { daysAfter } from "../days.ts";
import type { ChannelCount, Day, DayCount } from "../types.ts";
import type { Readership, SeriesDay } from "./types.ts";

/** How many people are reached. */
export interface Reach {
  readonly reported: number;
  readonly estimated: number;
}

const NOBODY: Reach = { reported: 0, estimated: 0 };

/** What is shown of each counted day. */
export interface Figures {
  readonly ofSite: (day: Day) => Reach | undefined;
  /** Nobody where a counted day has no requests for it. */
  readonly ofChannel: (day: Day, channel: string) => Reach | undefined;
}

/**
 * The figures of a day. What aggregators say is added up over the channels: a person who follows two of them in one aggregator counts
 * twice, since aggregators do not say who they ask for. Clients of readers are told apart, so the estimate of the site has each once,
 * and is mostly less than the sum of the estimates of the channels.
 */
export function figuresOf(counts: readonly DayCount[]): Figures {
  const days = new Map(counts.map((count) => [count.day, figuresOfDay(count)]));
  return {
    ofSite: (day) => days.get(day)?.site,
    ofChannel: (day, channel) => {
      const figures = days.get(day);
      return figures && (figures.channels.get(channel) ?? NOBODY);
    },
  };
}

function figuresOfDay({ channels, readers }: DayCount): { site: Reach; channels: ReadonlyMap<string, Reach> } {
  const byChannel = new Map(Object.entries(channels).map(([key, channel]) => [key, figureOf(channel)]));
  const reported = [...byChannel.values()].reduce((sum, figure) => sum + figure.reported, 0);
  return { site: { reported, estimated: sumOf(readers) }, channels: byChannel };
}

const figureOf = ({ subscribers, readers }: ChannelCount): Reach => ({
  reported: sumOf(subscribers),
  estimated: sumOf(readers),
});

export const sumOf = (counts: { readonly [name: string]: number }): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** On `day`, by the figure of each day, which is absent where it was not counted. */
export function readershipOn(day: Day, of: (day: Day) => Reach | undefined): Readership {
  const figure = of(day) ?? NOBODY;
  const total = totalOf(figure);
  const changeIn = (days: number) => {
    const before = of(daysAfter(day, -days));
    return before && total - totalOf(before);
  };
  return { ...figure, total, ...present({ change7: changeIn(7), change30: changeIn(30) }) };
}

export const totalOf = ({ reported, estimated }: Reach): number => reported + estimated;

export const seriesOf = (days: readonly Day[], { ofSite }: Figures): readonly SeriesDay[] =>
  days.map((day) => ({ day, ...ofSite(day) }));
