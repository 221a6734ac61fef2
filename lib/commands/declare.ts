/** How a command is declared, and what its code is given: values and arguments of the types that follow from the declaration. */
import { listInWords } from "../base/text.ts";

/** What a person types for a value or an argument. */
interface Word {
  readonly summary: string;
  readonly choices?: readonly string[];
  /** Throws a `UsageError` for what cannot be used. */
  readonly parse?: (text: string) => unknown;
}

/** `--dry-run` */
interface FlagOption {
  readonly summary: string;
  readonly value?: never;
}

/** `--port <number>` */
interface ValueOption extends Word {
  /** What stands for the value in help: `number`. */
  readonly value: string;
  /** As `parse` would give it. */
  readonly default?: string | number;
}

export type DeclaredOption = FlagOption | ValueOption;

/** `<feed...>`, `[folder]` */
export interface DeclaredArgument extends Word {
  readonly isOptional?: boolean;
  readonly isRepeated?: boolean;
}

export interface Declaration {
  /** One word, or two: those of a group begin with the same one. */
  readonly name: string;
  /** A part of a sentence, as it stands in lists. */
  readonly summary: string;
  /** What else to know before it is used, in sentences. */
  readonly more?: string;
  /** In the order in which they are typed. */
  readonly arguments?: { readonly [name: string]: DeclaredArgument };
  readonly options: { readonly [name: string]: DeclaredOption };
  /** What is typed after `dripfeed`, and what it is for. */
  readonly examples: readonly (readonly [words: string, meaning: string])[];
}

type Parsed<Of> = Of extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Of extends { readonly parse: (text: string) => infer Result }
    ? Result
    : string;

type OptionOf<Of> = Of extends { readonly value: string }
  ? Parsed<Of> | (Of extends { readonly default: string | number } ? never : undefined)
  : boolean;

type ArgumentOf<Of> = Of extends { readonly isRepeated: true }
  ? readonly Parsed<Of>[]
  : Parsed<Of> | (Of extends { readonly isOptional: true } ? undefined : never);

export interface InputOf<D extends Declaration> {
  readonly values: { readonly [Name in keyof D["options"]]: OptionOf<D["options"][Name]> };
  readonly args: { readonly [Name in keyof D["arguments"]]: ArgumentOf<D["arguments"][Name]> };
  /** The text of each option that was typed: none that has its default. */
  readonly given: { readonly [Name in keyof D["options"]]?: string };
  /** All that was typed after the command. */
  readonly words: readonly string[];
}

/** The declaration, with the types of its very words. */
export const declare = <const D extends Declaration>(declaration: D): D => declaration;

/** `<feed...>` */
export function termOf(name: string, { isOptional, isRepeated }: DeclaredArgument): string {
  const word = isRepeated ? `${name}...` : name;
  return isOptional ? `[${word}]` : `<${word}>`;
}

/** `--port <number>` */
export const flagsOf = (name: string, { value }: DeclaredOption): string =>
  value === undefined ? `--${name}` : `--${name} <${value}>`;

/** `push <folder> <store>` */
export const formOf = (declaration: Declaration): string =>
  [declaration.name, ...Object.entries(declaration.arguments ?? {}).map((each) => termOf(...each))].join(" ");

/** The summary, with the choices without the quotes that commander would give them. */
export function describedOf(declared: DeclaredOption | DeclaredArgument): string {
  const choices = "choices" in declared ? declared.choices : undefined;
  return choices ? `${declared.summary}: ${listInWords(choices, "or")}` : declared.summary;
}
