/** Which pictures README and docs show. */

export type Picture = {
  /** Of its files, before `-light.webp` and `-dark.webp`. */
  readonly name: string;
  /** In CSS pixels; a picture that is lower than that is cut at its end. */
  readonly width: number;
  readonly height: number;
} & ({ readonly shows: "page"; readonly address: string } | { readonly shows: "terminal"; readonly command: string });

const FEEDS = "https://example.com/feeds/";
const SIZE = { width: 720, height: 720 };

export const PICTURES: readonly Picture[] = [
  { name: "page", ...SIZE, shows: "page", address: FEEDS },
  { name: "page-zh", ...SIZE, shows: "page", address: new URL("languages/zh-CN/", FEEDS).href },
  { name: "terminal", ...SIZE, shows: "terminal", command: "npm start" },
];
