/** The tree of constructs → text: each is rendered with what stands between its tags. */
import { outputOf } from "./meaning/constructs.ts";
import { BRANCHES, choiceOf, DECIDING, isDone, UNSEEN } from "./meaning/flow.ts";
import { elementWith, openingTag } from "./meaning/mdx/elements.ts";
import { expressionText } from "./meaning/mdx/expressions.ts";
import { labelText } from "./meaning/notes.ts";
import { block } from "./meaning/output.ts";
import { LONGEST_VALUE, valueText } from "./meaning/values/variables.ts";
import { contentOf, isLineEnd, placeBlock, prefixOf } from "./syntax/layout.ts";
import type { Block, Kept, Node, Output, Piece, Tools, Warn } from "./types.ts";

export type Surroundings = Pick<Tools, "context" | "named" | "lost">;

type Shown = string | Block;

export function renderTree(source: string, tree: readonly Node[], around: Surroundings, warn: Warn): string {
  let grown = 0;
  /** The most characters that constructs may add up to: values that contain one another could grow without end. */
  const mostGrown = source.length * 30 + 1_000_000;
  return render(tree, 0, source.length);

  /** The text from `start` to `end`, with the nodes in it rendered. */
  function render(nodes: readonly Node[], start: number, end: number, isWithin = false): string {
    const out: string[] = [];
    let at = start;
    for (const [index, node] of nodes.entries()) {
      const { piece, close } = node;
      if (piece.start < at) continue;
      const until = (close ?? piece).end;
      out.push(source.slice(at, piece.start));
      const shown = isBaseOfTarget(nodes, index) || grown > mostGrown ? "" : show(node, isWithin);
      grown += typeof shown === "string" ? shown.length : shown.block.length;
      if (typeof shown === "string") {
        out.push(shown);
        at = shown === "" ? pastEmpty(piece, until) : until;
      } else {
        const placed = placeBlock(source, piece, until, shown.block);
        out.push(placed.text);
        at = placed.next;
      }
    }
    out.push(source.slice(at, end));
    return out.join("");
  }

  /** In `{{ site.url }}{% post_url … %}` the target includes its base already. */
  function isBaseOfTarget(nodes: readonly Node[], index: number): boolean {
    let at = index;
    for (; BASE.test(nodes[at]?.piece.rest ?? "") && nodes[at]?.piece.end === nodes[at + 1]?.piece.start; at += 1);
    return at > index && nodes[at]?.piece.family === "tag" && TARGETS.has(nodes[at]?.piece.name ?? "");
  }

  /** A tag `{%- … %}` alone on its line leaves no empty line. */
  function pastEmpty({ start, line }: Piece, until: number): number {
    const isTrimmed = start === line.start && source.startsWith("{%-", start);
    return isTrimmed && source[until] === "\n" ? until + 1 : until;
  }

  function show(node: Node, isWithin: boolean): Shown {
    const { piece } = node;
    switch (piece.family) {
      case "fixed":
      case "code":
        return piece.rest;
      case "imports":
        return "";
      case "label":
        return isWithin ? block(labelText(piece.rest)) : source.slice(piece.start, piece.end);
      case "value":
        return valueText(piece.rest, toolsOf(piece));
      case "expression":
        return expressionText(piece.rest, toolsOf(piece));
      case "element":
        return showElement(node);
      case "tag":
        return showStatement(node) ?? showConstruct(node);
      default:
        return showConstruct(node);
    }
  }

  function innerOf({ piece, close, children }: Node): string | undefined {
    return close && render(children, piece.end, close.start, true);
  }

  /** The text of a tag that chooses or assigns; `undefined` of any other. */
  function showStatement(node: Node): Shown | undefined {
    const { piece, close } = node;
    const { name, rest } = piece;
    if (BRANCHES.has(name) || (UNSEEN.has(name) && (close || piece.content !== undefined))) return "";
    const tools = toolsOf(piece);
    if (DECIDING.has(name) && piece.role !== "close") return showChoice(node, tools);
    if ((name === "capture" || name === "set") && close) {
      const text = (innerOf(node) ?? "").trim();
      if (text.length <= LONGEST_VALUE) around.named.set(rest, text);
      return "";
    }
    return isDone(name, rest, tools) ? "" : undefined;
  }

  /** The first branch of a choice, unless it shows values, which only its generator knows. */
  function showChoice(node: Node, { warn: report, written }: Tools): Shown {
    const choice = choiceOf(node);
    if (!choice) {
      report(`${written} is not closed`);
      return "";
    }
    if (choice.hasValues) {
      report(`${written} cannot be decided in feeds: what it holds is left out`, "template-unknown", {
        hasLinks: true,
      });
      return "";
    }
    report(`${written} cannot be decided in feeds: its first branch stays`);
    const inner = render(choice.nodes, choice.start, choice.end, true);
    return keep(node.piece, inner, contentOf(inner, prefixOf(source, node.piece), true));
  }

  function showConstruct(node: Node): Shown {
    const { piece, children } = node;
    if (piece.family === "container" && !node.close) return source.slice(piece.start, piece.end);
    const tools = toolsOf(piece);
    if (piece.role === "close") {
      tools.warn(`${tools.written} closes nothing`);
      return "";
    }
    const written = innerOf(node) ?? piece.content;
    const keepsIndentation = piece.content !== undefined || children.some((child) => child.piece.family === "code");
    const body = written === undefined ? undefined : contentOf(written, prefixOf(source, piece), keepsIndentation);
    const isAlone = piece.isAlone && isLineEnd(source, (node.close ?? piece).end);
    const output = outputOf(piece, { body, isAlone, isHtml: piece.line.isHtml }, tools);
    if (output === undefined) {
      const subject = `${piece.family} ${piece.name}`;
      const hasLinks = body !== undefined;
      tools.warn(`${tools.written} is not known to feeds`, "template-unknown", { subject, hasLinks });
    }
    return output === undefined || isKept(output) ? keep(piece, written, body) : output;
  }

  /** The content of a construct, without the construct. */
  function keep(piece: Piece, written = "", body = ""): Shown {
    return piece.isAlone && written.includes("\n") ? block(body) : written;
  }

  function showElement(node: Node): Shown {
    const { piece } = node;
    if (piece.role === "close") return piece.rest;
    const opening = openingTag(piece.rest, toolsOf(piece));
    const inner = innerOf(node);
    if (inner === undefined) return opening;
    const body = contentOf(inner, prefixOf(source, piece), false);
    return elementWith(piece, opening, inner, body);
  }

  function toolsOf(piece: Piece): Tools {
    const end = piece.content === undefined ? piece.end : Math.min(piece.end, piece.start + 80);
    return {
      ...around,
      written: shortened(source.slice(piece.start, end)),
      warn: (message, code = "template-unknown", about = {}) => warn(piece.start, message, code, about),
    };
  }
}

const BASE = /^site\.(?:url|baseurl|base_url|github\.url)$/;
const TARGETS = new Set(["link", "posturl", "postpath"]);

const isKept = (output: Exclude<Output, undefined>): output is Kept => typeof output === "object" && "kept" in output;

/** On one line, and short enough for a message. */
const shortened = (text: string): string => {
  const folded = text.slice(0, 400).replace(/\s+/g, " ").trim();
  return folded.length > 60 ? `${folded.slice(0, 59).trimEnd().toWellFormed()}…` : folded;
};
