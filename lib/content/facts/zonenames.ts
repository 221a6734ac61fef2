/** Time zones by their letters, of which several mean two zones: whose is meant, and whether an author should be asked. */
/** RFC 822 §5.1 names these, and `CST`. */
const OFFSETS = new Map(
  Object.entries({ EST: "-05", EDT: "-04", CDT: "-05", MST: "-07", MDT: "-06", PST: "-08", PDT: "-07" }),
);

/** `zones`: the sites' time zones in which these letters mean it. */
type Reading = readonly [offset: string, where: string, zones: RegExp];

/** As generators read it first: V8 and Ruby know `CST` as America's alone. */
const DOUBTFUL: { readonly [name: string]: readonly Reading[] } = {
  CST: [
    ["-06:00", "North America", /^(?:America\/(?!Havana)|US\/|Canada\/|Mexico\/)/],
    ["+08:00", "China", /^(?:Asia\/(?:Shanghai|Chong|Chung|Harbin|Taipei|Maca|Hong)|PRC|ROC|Hongkong)/],
    ["-05:00", "Cuba", /^(?:America\/Havana|Cuba)$/],
  ],
  IST: [
    ["+05:30", "India", /^Asia\/(?:Kolkata|Calcutta)$/],
    ["+02:00", "Israel", /^(?:Asia\/(?:Jerusalem|Tel_Aviv)|Israel)$/],
    ["+01:00", "Ireland", /^(?:Europe\/Dublin|Eire)$/],
  ],
  BST: [
    ["+01:00", "Britain", /^(?:Europe\/(?:London|Belfast|Guernsey|Isle_of_Man|Jersey)|GB)/],
    ["+06:00", "Bangladesh", /^Asia\/(?:Dhaka|Dacca)$/],
  ],
  AST: [
    ["-04:00", "North America", /^(?:America|Atlantic|Canada)\//],
    ["+03:00", "Arabia", /^Asia\/(?:Riyadh|Kuwait|Baghdad|Bahrain|Qatar|Aden)$/],
  ],
};

/** What the letters mean on a site in `timezone`. */
const readingOf = (all: readonly Reading[], timezone: string): Reading | undefined =>
  all.find(([, , zones]) => zones.test(timezone)) ?? all[0];

export function offsetOf(letters: string, timezone: string): string {
  const name = letters.toUpperCase();
  return readingOf(DOUBTFUL[name] ?? [], timezone)?.[0] ?? OFFSETS.get(name)?.concat(":00") ?? "UTC";
}

/** What else the letters in a date may mean, unless it has an offset before them, or the site's zone agrees on it. */
export function zoneDoubt(date: string, timezone: string): string | undefined {
  const [name = ""] = /(?<!\()\b[CIBA]ST\b/.exec(date.toUpperCase()) ?? [];
  const all = DOUBTFUL[name] ?? [];
  if (all[0]?.[2].test(timezone) ?? true) return undefined;
  const read = readingOf(all, timezone);
  const named = ([offset, where]: Reading) => `${offset} (${where})`;
  const others = all.filter((each) => each !== read).map(named);
  return read && `${name} is read as ${named(read)}, and may mean ${others.join(" or ")}`;
}
