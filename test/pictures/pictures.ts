/** Which pictures README and docs show. */

export type Picture = {
  /** Of its files, before `-light.webp` and `-dark.webp`. */
  readonly name: string;
  /** In CSS pixels; a picture that is lower than that is cut at its end. */
  readonly width: number;
  readonly height: number;
} & (
  | { readonly shows: "page"; readonly address: string }
  | { readonly shows: "terminal"; readonly command: string }
  | { readonly shows: "audience" }
);

const FEEDS = "https://example.com/feeds/";
/** Wide enough for the QR code, and for the directory beside the entries. */
const PAGE = { width: 1040, height: 1090 };

export const PICTURES: readonly Picture[] = [
  { name: "page", ...PAGE, shows: "page", address: FEEDS },
  { name: "page-zh", ...PAGE, height: 960, shows: "page", address: new URL("tags/滴灌/", FEEDS).href },
  { name: "audience", width: 1040, height: 1180, shows: "audience" },
  { name: "terminal", width: 720, height: 720, shows: "terminal", command: "npm start" },
];
