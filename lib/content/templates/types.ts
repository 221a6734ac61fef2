/** The types that reading a template, rendering it and expanding a post share. */
import type { ProblemCode } from "../../base/problems.ts";
import type { DialectName, Reference } from "../../model.ts";

/** What is known of the post whose templates are expanded. */
export interface TemplateContext {
  readonly dialect: DialectName;
  /** The file ends in `.mdx`. */
  readonly isMdx: boolean;
  /** The text is HTML, in which Markdown is not read. */
  readonly isHtml?: boolean;
  /** Absolute, ends with a slash. */
  readonly siteUrl: string;
  /** Scalars of the front matter by lower-case key. */
  readonly values: Pick<ReadonlyMap<string, string>, "get" | "has">;
  /** What the owner says that constructs show, by key: `drop`, `content` or a text with arguments in it. */
  readonly templates?: ReadonlyMap<string, string>;
  /** The owner's values of `site`, by lower-case path. */
  readonly variables?: { readonly [path: string]: string };
  /** The pictures that the front matter lists under a key. */
  readonly gallery?: (key: string) => readonly GalleryPicture[];
  /** Reads a file that the text includes. */
  readonly include?: ReadInclude;
  /** Notes a link to another post; where it stands is an offset in the body. */
  readonly refer?: (reference: LinkToPost, at: number) => number | undefined;
}

/** A link to another post by its file. */
export type LinkToPost = Omit<Reference, "line" | "marked">;

export interface GalleryPicture {
  readonly src: string;
  readonly href?: string;
  readonly alt?: string;
  readonly title?: string;
}

/** A file that a text names: in the folder of includes, beside the text, or as an address within the content. */
export interface IncludeName {
  readonly file: string;
  readonly from: "includes" | "beside" | "anywhere" | "code";
  /** The key of the include that names it, if it is not the post. */
  readonly within?: string | undefined;
}

export type ReadInclude = (name: IncludeName) => Included;

export type Included =
  | {
      readonly key: string;
      readonly text: string;
      /** The same where a part is asked for by the numbers of its lines, if these are others. */
      readonly numbered?: string;
      /** Of what its author leaves out. */
      readonly warnings?: readonly TemplateWarning[];
      readonly flaw?: never;
    }
  /** Why it is not shown: what follows the name of the file in a sentence. */
  | {
      readonly key: string | undefined;
      readonly flaw: string;
      readonly fix?: string;
      /** Where the file would be found. */
      readonly missing?: string | undefined;
      readonly text?: never;
    };

export interface TemplateWarning {
  readonly code: ProblemCode;
  /** Of the body, 1 for the first. */
  readonly line: number;
  readonly message: string;
  readonly fix?: string;
}

export interface Expanded {
  readonly markdown: string;
  readonly warnings: readonly TemplateWarning[];
}

/** A quotation or a list item: where its last line ends, which is known once that was read. */
export interface Block {
  end: number;
}

/** A line of Markdown, and in what it stands. */
export interface Line {
  readonly start: number;
  /** Where its content begins, after the marks of quotes and lists. */
  readonly content: number;
  /** Where the code that begins here ends, at the start of a line. */
  readonly codeEnd?: number;
  readonly isIndentedCode: boolean;
  /** It begins a list item, whose mark stays on it. */
  readonly isItem: boolean;
  /** The line before it holds text. */
  readonly isAfterText: boolean;
  readonly isHeading: boolean;
  /** It is part of an HTML block, in which Markdown is not read. */
  readonly isHtml: boolean;
  readonly isTableRow: boolean;
  /** The innermost quotation and list item that it stands in. */
  readonly quote: Block | undefined;
  readonly item: Block | undefined;
}

/** What a reader found at one place. */
export interface Construct {
  readonly family:
    | "tag"
    | "shortcode"
    | "component"
    | "container"
    | "element"
    | "value"
    | "expression"
    | "fixed"
    | "unread"
    | "custom"
    | "deep"
    | "label"
    | "slot"
    | "note"
    | "code"
    | "imports";
  /** `open` may have a `close` after it; `whole` has none. */
  readonly role: "open" | "close" | "whole";
  readonly name: string;
  /** Its arguments as written, or the text that replaces it. */
  readonly rest: string;
  /** What stands between its two tags, when nothing is read there. */
  readonly content?: string;
  readonly start: number;
  readonly end: number;
}

/** A construct and where it stands. */
export interface PlacedConstruct extends Construct {
  readonly line: Line;
  /** Nothing stands before it on its line. */
  readonly isAlone: boolean;
}

/** A node of the tree of constructs. */
export interface ConstructNode {
  readonly construct: PlacedConstruct;
  /** The construct that closes it; `children` stand between the two. */
  readonly close?: PlacedConstruct;
  readonly children: readonly ConstructNode[];
}

/** What is written after the name of a construct. */
export interface Arguments {
  /** As written, without the white space around it. */
  readonly raw: string;
  /** The values without a name, in order, without their quotes. */
  readonly words: readonly string[];
  /** By lower-case name. */
  readonly named: ReadonlyMap<string, string>;
}

/** One use of a construct. */
export interface Call {
  /** The name in lower case, without `-` and `_`. */
  readonly key: string;
  readonly kind: "tag" | "shortcode" | "component";
  readonly args: Arguments;
  /** What stands between its two tags, expanded; absent when it has but one. */
  readonly body: string | undefined;
  /** Nothing else stands on its lines. */
  readonly isAlone: boolean;
  /** It stands where Markdown is not read. */
  readonly isHtml: boolean;
}

/** What rendering a construct may use. */
export interface Tools {
  readonly context: TemplateContext;
  /** Values by the names that the post gives them: assigned, captured, imported. */
  readonly named: Map<string, string>;
  /** How many characters filters may still be applied to. */
  readonly filtering: { left: number };
  /** The arguments of the include that is rendered; `include.name` is one of them. */
  readonly given?: ReadonlyMap<string, string> | undefined;
  /** The keys of the includes that are rendered, the outer ones first. */
  readonly within: readonly string[];
  /** How many characters constructs may still add, and how many includes may still be rendered; whether it was told. */
  readonly growth: { left: number; includes: number; isTold: boolean };
  /** The links that includes define. */
  readonly definitions: Map<string, string>;
  /** Renders the text of an include; `undefined` where it has logic, which is not run. */
  readonly render: RenderText;
  /** Put in place of a target that is not known; the link around it is removed later. */
  readonly lost: string;
  readonly warn: (message: string, code?: ProblemCode, about?: About) => void;
  /** The number of a link to another post, for its mark; `undefined` when it can be of no post. */
  readonly refer: (reference: LinkToPost) => number | undefined;
  /** The construct as written, shortened. */
  readonly written: string;
}

/** What a warning is about. */
export interface About {
  /** One warning is reported of each subject; without one, of each message. */
  readonly subject?: string;
  /** What was left out may have defined the targets of links. */
  readonly hasLinks?: boolean;
  /** The key of the include in which it stands, the innermost of them; the message names it. */
  readonly file?: string;
  /** What to do about it, if not what is usual. */
  readonly fix?: string | undefined;
}

/** What rendering a text needs besides it. */
export type Surroundings = Omit<Tools, "warn" | "refer" | "written">;

export type RenderText = (text: string, around: Surroundings, warn: Warn) => string | undefined;

/** Reports a warning about what stands at an offset of the source. */
export type Warn = (at: number, message: string, code: ProblemCode, about: About) => void;

/** Stands on lines of its own; a plain string stands where the construct stood. */
export interface BlockOutput {
  readonly block: string;
}

/** The construct is replaced by its body. */
export interface KeptBody {
  readonly kept: true;
}

/** `undefined`: the construct is not known, or lacks an argument without which it shows nothing. */
export type Output = string | BlockOutput | KeptBody | undefined;

export type Render = (call: Call, tools: Tools) => Output;
