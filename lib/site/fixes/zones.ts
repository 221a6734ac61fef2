/** The time zone that was meant: by its city, its letters, its name in Windows or its offset. */
import { foldedWord, nearest } from "../../base/nearest.ts";

const SHANGHAI = "Asia/Shanghai";

/** Zones by the cities, letters and names that people know and IANA does not have. */
const MEANT: { readonly [zone: string]: string } = {
  [SHANGHAI]: `beijing peking guangzhou shenzhen hangzhou nanjing chengdu wuhan tianjin xian suzhou harbin china prc
    chinastandardtime chinatime 北京 上海 广州 深圳 中国 北京时间`,
  "Asia/Taipei": "taiwan taipeistandardtime 台北 臺北",
  "Asia/Hong_Kong": "hkt 香港",
  "Asia/Singapore": "sgt singaporestandardtime 新加坡",
  "Asia/Tokyo": "osaka kyoto japan jst tokyostandardtime japanstandardtime 東京 东京",
  "Asia/Seoul": "korea busan kst koreastandardtime 서울",
  "Asia/Kolkata": `india calcutta mumbai bombay delhi newdelhi bangalore bengaluru chennai madras hyderabad pune
    indiastandardtime`,
  "Asia/Ho_Chi_Minh": "vietnam hanoi saigon",
  "Asia/Bangkok": "thailand ict seasiastandardtime",
  "Asia/Jakarta": "wib",
  "Asia/Manila": "philippines pht",
  "Asia/Karachi": "pakistan lahore islamabad",
  "Asia/Jerusalem": "israel telaviv israelstandardtime",
  "Asia/Dubai": "abudhabi arabianstandardtime",
  "Asia/Kathmandu": "nepal",
  "Asia/Yangon": "myanmar rangoon",
  "Europe/Istanbul": "turkey ankara turkeystandardtime",
  "Europe/Moscow": "russia msk stpetersburg petersburg russianstandardtime",
  "Europe/Kyiv": "ukraine kiev",
  "Europe/London": "uk britain england scotland manchester edinburgh gmtstandardtime bst",
  "Europe/Berlin": `germany munich muenchen hamburg frankfurt cologne weuropestandardtime cest
    centraleuropeantime centraleuropeanstandardtime`,
  "Europe/Paris": "france ect lyon marseille romancestandardtime",
  "Europe/Madrid": "spain barcelona",
  "Europe/Rome": "italy milan milano",
  "Europe/Zurich": "switzerland geneva basel bern",
  "Europe/Lisbon": "portugal porto",
  "Europe/Warsaw": "poland krakow",
  "America/New_York": `easterntime easternstandardtime useasternstandardtime eastern edt boston washington miami atlanta
    philadelphia`,
  "America/Chicago": "centraltime centralstandardtime central cdt houston dallas austin",
  "America/Denver": "mountaintime mountainstandardtime mountain mdt",
  "America/Los_Angeles": `pacifictime pacificstandardtime pacific pst pdt california sanfrancisco seattle portland
    sandiego`,
  "America/Toronto": "montreal ottawa",
  "America/Sao_Paulo": "brazil brasilia riodejaneiro brt bet esouthamericastandardtime",
  "America/Mexico_City": "mexico",
  "Australia/Sydney": "canberra aest aedt aet auseasternstandardtime",
  "Pacific/Auckland": "newzealand wellington newzealandstandardtime",
};

const lastPart = (zone: string): string => zone.split("/").at(-1) ?? "";
const cityOf = (zone: string): string => foldedWord(lastPart(zone));

const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(MEANT).flatMap(([zone, names]) =>
    [cityOf(zone), ...names.split(/\s+/)].map((name) => [name, zone] as const),
  ),
);

/** Letters that stand for several zones. */
const SEVERAL: { readonly [letters: string]: string } = {
  est: "America/New_York, or Etc/GMT+5 for a clock that has no summer time",
  mst: "America/Denver, or America/Phoenix for a clock that has no summer time",
  cst: `${SHANGHAI} for China, or America/Chicago for North America`,
  ist: "Asia/Kolkata for India, Asia/Jerusalem for Israel, or Europe/Dublin for Ireland",
};

/**
 * Three letters that the runtime knows besides the names of IANA, `CST` as that of Chicago; `EST` and `MST` are among those, and
 * have no summer time, which few mean who write them.
 */
export const isAbbreviation = (name: string): boolean =>
  /^[a-z]{3}$/i.test(name) && !/^(?:UTC|GMT|UCT|PRC|ROC|ROK|CET|EET|MET|WET|HST)$/i.test(name);

/** A city of each offset; others keep another summer time. */
const BY_OFFSET: { readonly [offset: string]: string } = {
  ...{ "-10:00": "Pacific/Honolulu", "-09:00": "America/Anchorage", "-08:00": "America/Los_Angeles" },
  ...{ "-07:00": "America/Denver", "-06:00": "America/Chicago", "-05:00": "America/New_York" },
  ...{ "-04:00": "America/Halifax", "-03:30": "America/St_Johns", "-03:00": "America/Sao_Paulo" },
  ...{ "+00:00": "Europe/London", "+01:00": "Europe/Berlin", "+02:00": "Europe/Athens", "+03:00": "Europe/Moscow" },
  ...{ "+03:30": "Asia/Tehran", "+04:00": "Asia/Dubai", "+04:30": "Asia/Kabul", "+05:00": "Asia/Karachi" },
  ...{ "+05:30": "Asia/Kolkata", "+05:45": "Asia/Kathmandu", "+06:00": "Asia/Dhaka", "+06:30": "Asia/Yangon" },
  ...{ "+07:00": "Asia/Bangkok", "+08:00": SHANGHAI, "+09:00": "Asia/Tokyo", "+09:30": "Australia/Adelaide" },
  ...{ "+10:00": "Australia/Sydney", "+12:00": "Pacific/Auckland" },
};

const OFFSET = /^(?:UTC|GMT|Z)?\s?([+−-])\s?(\d{1,2})(?::?(\d\d))?$/i;

const ANY = "write the zone of a city, such as Asia/Shanghai or Europe/Paris";

export function zoneFix(written: string): string {
  const name = written.trim();
  const [, sign, hours = "", minutes = "00"] = OFFSET.exec(name) ?? [];
  if (sign !== undefined) {
    const city = BY_OFFSET[`${sign === "+" ? "+" : "-"}${hours.padStart(2, "0")}:${minutes}`];
    return city === undefined ? ANY : `write the zone of your city, such as ${city}`;
  }
  const folded = foldedWord(name);
  const several = Object.hasOwn(SEVERAL, folded) ? SEVERAL[folded] : undefined;
  if (several !== undefined) return `write ${several}`;
  const zone = zoneMeant(name, folded);
  return zone === undefined ? ANY : `write ${zone}`;
}

function zoneMeant(name: string, folded: string): string | undefined {
  const city = cityOf(name);
  const known = BY_NAME.get(folded) ?? BY_NAME.get(city);
  if (known !== undefined) return known;
  // As the runtime lists them, some under a former name, which `BY_NAME` has.
  const zones = Intl.supportedValuesOf("timeZone");
  const same = zones.find((zone) => cityOf(zone) === city);
  const near = same ?? nearest(name, zones);
  if (near !== undefined) return near;
  const cities = new Map(zones.map((zone) => [lastPart(zone), zone]));
  const nearCity = nearest(city, [...cities.keys()]);
  return nearCity === undefined ? undefined : cities.get(nearCity);
}
