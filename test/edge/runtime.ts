/** CloudFront's JavaScript runtime 2.0, as far as code can tell: a context that has what AWS names and nothing else. */
import { createContext, Script } from "node:vm";
import { transform } from "esbuild";

/**
 * "JavaScript runtime 2.0 features for CloudFront Functions", Amazon CloudFront Developer Guide, as of 2026: the globals, and
 * what it names of each. `Object.prototype.is()` and `setPrototypeOf()` are listed there as methods of the prototype.
 */
const LISTED: { readonly [name: string]: string } = {
  Object:
    "create defineProperties defineProperty freeze getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames " +
    "getPrototypeOf isExtensible isFrozen isSealed keys preventExtensions seal assign entries values",
  "Object.prototype": "hasOwnProperty isPrototypeOf propertyIsEnumerable toString valueOf",
  String: "fromCharCode fromCodePoint",
  "String.prototype":
    "charAt concat indexOf lastIndexOf match replace search slice split substr substring toLowerCase trim toUpperCase " +
    "codePointAt endsWith includes repeat startsWith padStart padEnd trimStart trimEnd replaceAll",
  Number:
    "EPSILON MAX_SAFE_INTEGER MIN_SAFE_INTEGER MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY isFinite " +
    "isInteger isNaN isSafeInteger parseInt parseFloat",
  "Number.prototype": "toExponential toFixed toPrecision",
  Boolean: "",
  "Boolean.prototype": "",
  Math:
    "E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 " +
    "floor fround hypot imul log log1p log2 log10 max min pow random round sign sinh sin sqrt tan tanh trunc",
  Function: "",
  "Function.prototype": "apply bind call",
  RegExp: "",
  "RegExp.prototype": "global ignoreCase multiline source sticky flags exec test toString",
  JSON: "parse stringify",
  Array: "isArray of",
  "Array.prototype":
    "concat every filter forEach indexOf join lastIndexOf map pop push reduce reduceRight reverse shift slice some sort splice " +
    "unshift copyWithin fill find findIndex includes",
  Promise: "all allSettled any reject resolve race",
  "Promise.prototype": "catch finally then",
  Symbol: "for keyFor",
  "Symbol.prototype": "",
};

/** Of these the whole is supported, or nothing of it is of use here. */
const WHOLE =
  "Date Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray Uint16Array Uint32Array " +
  "ArrayBuffer DataView TextDecoder TextEncoder Error EvalError InternalError RangeError ReferenceError SyntaxError TypeError " +
  "URIError globalThis decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN parseFloat parseInt atob btoa " +
  "NaN Infinity undefined";

/** What the language itself works by: objects know their constructors, and strings and lists their lengths. */
const LANGUAGE = ["constructor", "prototype", "length", "name"];

/** Runs in the context, and so deletes from it what is not listed. Symbols stay: they are what `replace` and `split` call. */
const BARE = `((listed, whole, language) => {
  const own = Object.getOwnPropertyNames;
  const remove = Reflect.deleteProperty;
  for (const [path, names] of Object.entries(listed)) {
    const [name, member] = path.split(".");
    const object = member === undefined ? globalThis[name] : globalThis[name][member];
    const kept = [...names.split(" "), ...language];
    for (const each of own(object)) if (!kept.includes(each)) remove(object, each);
  }
  const kept = [...whole.split(" "), ...Object.keys(listed)];
  for (const each of own(globalThis)) if (!kept.includes(each)) remove(globalThis, each);
})`;

/** A function of the code in that context; what goes in and comes out is copied by way of JSON. */
export function runAtEdge<Given, Answer>(code: string, call: string): (given: Given) => Answer {
  const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const strip = new Script(BARE).runInContext(context);
  strip(LISTED, WHOLE, LANGUAGE);
  new Script(`"use strict";${code}`).runInContext(context);
  const run = new Script(`(json) => JSON.stringify((${call})(JSON.parse(json)))`).runInContext(context);
  return (given) => JSON.parse(run(JSON.stringify(given)));
}

/** What that runtime lists beyond ECMAScript 5.1 and that we use: everything else is converted, or an error. */
export const SYNTAX = {
  target: "es5",
  supported: { "const-and-let": true, arrow: true, "template-literal": true },
} as const;

/** Rejects for syntax that the runtime does not list, and that esbuild can neither keep nor convert. */
export async function assertSyntax(code: string, loader: "js" | "ts" = "js"): Promise<void> {
  const converted = await transform(code, { loader, ...SYNTAX });
  // So esbuild writes regular expressions beyond ES 5.1: with a lookbehind, a named group, `\\p{…}`, or one of the flags dsuvy.
  if (/\bnew RegExp\(/.test(converted.code)) throw new SyntaxError("a regular expression is not one of ES 5.1");
}
