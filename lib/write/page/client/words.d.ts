/** The words of the page's language, which the bundle knows by short names (`words/short.ts`). */
declare const words: import("../words/words.ts").WritingWords;
