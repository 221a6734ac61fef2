/** Time zones by their letters, of which several mean two zones: whose is meant, and whether an author should be asked. */

/** RFC 822 §5.1 names these, and no others. */
const OFFSETS: { readonly [name: string]: string } = {
  EST: "-05:00",
  EDT: "-04:00",
  CDT: "-05:00",
  MST: "-07:00",
  MDT: "-06:00",
  PST: "-08:00",
  PDT: "-07:00",
};

interface Reading {
  readonly offset: string;
  readonly where: string;
  /** The sites' time zones in which these letters mean it. */
  readonly zones: RegExp;
}

const readings = (...all: readonly (readonly [offset: string, where: string, zones: RegExp])[]): readonly Reading[] =>
  all.map(([offset, where, zones]) => ({ offset, where, zones }));

/** As generators read it first: V8 and Ruby know `CST` as America's alone. */
const DOUBTFUL: { readonly [name: string]: readonly Reading[] } = {
  CST: readings(
    ["-06:00", "North America", /^(?:America\/(?!Havana)|US\/|Canada\/|Mexico\/)/],
    [
      "+08:00",
      "China",
      /^(?:Asia\/(?:Shanghai|Chong|Chung|Harbin|Urumqi|Kashgar|Taipei|Maca|Hong_Kong)|PRC|ROC|Hongkong)/,
    ],
    ["-05:00", "Cuba", /^(?:America\/Havana|Cuba)$/],
  ),
  IST: readings(
    ["+05:30", "India", /^Asia\/(?:Kolkata|Calcutta)$/],
    ["+02:00", "Israel", /^(?:Asia\/(?:Jerusalem|Tel_Aviv)|Israel)$/],
    ["+01:00", "Ireland", /^(?:Europe\/Dublin|Eire)$/],
  ),
  BST: readings(
    ["+01:00", "Britain", /^(?:Europe\/(?:London|Belfast|Guernsey|Isle_of_Man|Jersey)|GB)/],
    ["+06:00", "Bangladesh", /^Asia\/(?:Dhaka|Dacca)$/],
  ),
  AST: readings(
    ["-04:00", "North America", /^(?:America|Atlantic|Canada)\//],
    ["+03:00", "Arabia", /^Asia\/(?:Riyadh|Kuwait|Baghdad|Bahrain|Qatar|Aden)$/],
  ),
};

const meant = (name: string, timezone: string): Reading | undefined =>
  DOUBTFUL[name]?.find(({ zones }) => zones.test(timezone));

/** What the letters mean on a site in `timezone`. */
export function offsetOf(letters: string, timezone: string): string {
  const name = letters.toUpperCase();
  return (meant(name, timezone) ?? DOUBTFUL[name]?.[0])?.offset ?? OFFSETS[name] ?? "UTC";
}

/** What else the letters in a date may mean, unless the site's own zone and the generator agree on it. */
export function zoneDoubt(date: string, timezone: string): string | undefined {
  const [name] = /\b[CIBA]ST\b/.exec(date.toUpperCase()) ?? [];
  const [first, ...others] = (name && DOUBTFUL[name]) || [];
  if (name === undefined || first === undefined || meant(name, timezone) === first) return undefined;
  const read = meant(name, timezone) ?? first;
  const rest = [first, ...others].filter((each) => each !== read).map(({ offset, where }) => `${offset} (${where})`);
  return `${name} is read as ${read.offset} (${read.where}), and may mean ${rest.join(" or ")}`;
}
