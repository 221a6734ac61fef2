/** The language that was meant by the code of a country, or by a name. */
import { foldedWord, nearest } from "../../base/nearest.ts";
import { canonicalLanguage } from "../language.ts";

/** Codes that people take for languages, and that are countries alone: as a tag none of them is assigned. */
const COUNTRIES: { readonly [code: string]: string } = {
  ...{ cn: "zh-CN", hk: "zh-HK", jp: "ja", vn: "vi", ua: "uk", cz: "cs", dk: "da" },
  ...{ us: "en-US", gb: "en-GB", mx: "es-MX", at: "de-AT" },
};

/** Beside the English names that the runtime knows. */
const NAMES: { readonly [name: string]: string } = {
  ...{ chinese: "zh-CN", mandarin: "zh-CN", simplifiedchinese: "zh-CN", traditionalchinese: "zh-TW" },
  ...{ chinesesimplified: "zh-CN", chinesetraditional: "zh-TW" },
  ...{ 中文: "zh-CN", 简体中文: "zh-CN", 繁體中文: "zh-TW", 繁体中文: "zh-TW", 日本語: "ja", 한국어: "ko" },
  ...{ deutsch: "de", francais: "fr", espanol: "es", portugues: "pt", italiano: "it", русскии: "ru" },
};

/** Languages in which blogs are written, whose names are looked for. */
const COMMON =
  "ar bg bn ca cs da de el en eo es et eu fa fi fr ga gl he hi hr hu id is it ja ko la lt lv ms nl no pl pt ro ru sk sl sr sv ta th tr uk ur vi zh".split(
    " ",
  );

const named = (table: { readonly [name: string]: string }, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const countryIn = (written: string): string | undefined => named(COUNTRIES, written.trim().toLowerCase());

/** The canonical form of a language tag (`zh_cn` is `zh-CN`), but none of `cn`, which is no language. */
export const tagIn = (written: string): string | undefined =>
  countryIn(written) === undefined ? canonicalLanguage(written) : undefined;

/** What was meant by something that is no tag, if that can be known. */
export function languageMeant(written: string): string | undefined {
  const folded = foldedWord(written);
  const known = countryIn(written) ?? named(NAMES, folded);
  if (known !== undefined || folded.length < 4) return known;
  const english = new Intl.DisplayNames("en", { type: "language" });
  const tags = new Map(COMMON.map((tag) => [english.of(tag) ?? tag, tag]));
  const name = nearest(written, [...tags.keys()]);
  return name === "Chinese" ? "zh-CN" : name && tags.get(name);
}

export function languageFix(written: string): string {
  const [first = "", ...others] = written.split(/[\s,;/]+/);
  const tag = others.length > 0 ? tagIn(first) : undefined;
  if (tag !== undefined && others.every((each) => tagIn(each) !== undefined)) {
    return `write ${tag}, and the others in a list under \`languages\``;
  }
  return `write ${languageMeant(written) ?? "a tag of a language, such as en or zh-CN"}`;
}
