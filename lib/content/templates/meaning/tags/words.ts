/** Recognizes words among the arguments of a tag: addresses, files, flags. */

export const ADDRESS = /^(?:[a-z]+:\/\/|\/|\.{1,2}\/|#|mailto:)\S*$/i;
/** Read from the end, so that not each extension is followed to it. */
export const isFile = (word: string): boolean => /$(?<=\.\w{2,5}(?:[?#]\S*)?)/.test(word) || ADDRESS.test(word);
export const isFlag = (word: string): boolean => /^(?:true|false)$/.test(word);
