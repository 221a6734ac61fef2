/** Unicode's composed form (NFC) of common letters. Written for the CDN's runtime, which has no `normalize`. */

/**
 * Each mark, then the letters that it composes, each with the composed one: lower case, as the folders of channels are, in the
 * larger languages of Europe; kana; Hangul. Any other letter stays as it was sent; documents and links have every name composed.
 */
const MARKS = [
  "\u0308aäeëiïoöuüyÿеёії",
  "\u0300aàeèiìoòuù",
  "\u0301aáeéiíoóuúyýcćnńsśzźlĺrŕ",
  "\u0302aâeêiîoôuû",
  "\u0303aãnñoõ",
  "\u0304aāeēiīoōuū",
  "\u0306aăgğий",
  "\u0307cċeėgġzż",
  "\u030aaåuů",
  "\u030boőuű",
  "\u030caǎcčdďeěiǐnňoǒrřsštťuǔzžlľ",
  "\u0326sștț",
  "\u0327cçgģkķlļnņsş",
  "\u0328aąeęiįuų",
  "\u3099うゔウヴ",
];

const DECOMPOSED = /[\u0300-\u0345\u1100-\u11ff\u3099\u309a]/;

export function compose(text: string): string {
  if (!DECOMPOSED.test(text)) return text;
  const shifted = (pattern: RegExp, by: (unit: (i: number) => number) => number): void => {
    composed = composed.replace(pattern, (letters) => String.fromCharCode(by((i) => letters.codePointAt(i) || 0)));
  };
  let composed = text;
  MARKS.forEach((line) => {
    for (let i = 1; i < line.length; i += 2) {
      composed = composed.split(line.charAt(i) + line.charAt(0)).join(line.charAt(i + 1));
    }
  });
  // Kana: the voiced letter comes after the plain one, and the half-voiced after that. No letter has two of these marks.
  shifted(/[か-ぢつ-とは-ほカ-ヂツ-トハ-ホ]\u3099|[は-ほハ-ホ]\u309a/g, (unit) => unit(0) + unit(1) - 0x3098);
  // Hangul by arithmetic (Unicode §3.12): 28 finals for each of 21 vowels for each initial.
  shifted(/[ᄀ-ᄒ][ᅡ-ᅵ][ᆨ-ᇂ]?/g, (unit) => (unit(0) * 21 + unit(1)) * 28 + (unit(2) || 0x11a7) - 0x285843);
  return composed;
}
