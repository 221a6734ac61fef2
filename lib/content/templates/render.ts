/** Constructs → text: the tree of them, each rendered with what stands between its tags. */
import type { ProblemCode } from "../../problems.ts";
import { type Arguments, parseArguments } from "./arguments.ts";
import { type About, type Call, KEPT, keyOf, type Output, type Render, type Tools } from "./call.ts";
import { renderContainer } from "./containers.ts";
import { argumentsOf, componentOf, elementWith, expressionValue, openingTag, tagOf } from "./elements.ts";
import { BRANCHES, choiceOf, DECIDING, isDone, UNSEEN } from "./flow.ts";
import { INCLUDES, include } from "./includes.ts";
import { contentOf, isLineEnd, placeBlock, prefixOf } from "./layout.ts";
import { type Block, block, bold, literal } from "./output.ts";
import type { Piece } from "./scan.ts";
import { SHORTCODES } from "./shortcodes.ts";
import { TAGS } from "./tags.ts";
import type { Node } from "./tree.ts";
import { linkOf } from "./unknown.ts";
import { evaluate, evaluateWithin, LONGEST_VALUE } from "./variables.ts";

export type Warn = (at: number, message: string, code: ProblemCode, about: About) => void;
export type Surroundings = Pick<Tools, "context" | "named" | "lost">;

type Shown = string | Block;

export function renderTree(source: string, tree: readonly Node[], around: Surroundings, warn: Warn): string {
  let grown = 0;
  /** What a text may grow to, so that values used again and again end somewhere. */
  const mostGrown = source.length * 30 + 1_000_000;
  return render(tree, 0, source.length);

  /** The text from `start` to `end`, in which the nodes stand. */
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

  /** `{{ site.url }}{% post_url … %}`: the target has its base already. */
  function isBaseOfTarget(nodes: readonly Node[], index: number): boolean {
    let at = index;
    for (; BASE.test(nodes[at]?.piece.rest ?? "") && nodes[at]?.piece.end === nodes[at + 1]?.piece.start; at += 1);
    return at > index && nodes[at]?.piece.family === "tag" && TARGETS.has(nodes[at]?.piece.name ?? "");
  }

  /** A tag with `-` in it that stands alone on its line leaves no empty line. */
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

  /** What a tag that decides or remembers leaves; `undefined` of any other. */
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

  /** Of a choice the first branch stays, unless it shows what only its generator knows. */
  function showChoice(node: Node, { warn: tell, written }: Tools): Shown {
    const choice = choiceOf(node);
    if (!choice) {
      tell(`${written} is not closed`);
      return "";
    }
    if (choice.hasValues) {
      tell(`${written} cannot be decided in feeds: what it holds is left out`, "template-unknown", { hasLinks: true });
      return "";
    }
    tell(`${written} cannot be decided in feeds: its first branch stays`);
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
    const call: Call = {
      key: keyOf(piece.name),
      kind: piece.family === "component" ? "component" : piece.family === "tag" ? "tag" : "shortcode",
      args: argumentsIn(piece, tools),
      body,
      isAlone: piece.isAlone && isLineEnd(source, (node.close ?? piece).end),
      isHtml: piece.line.isHtml,
    };
    const output =
      piece.family === "container"
        ? renderContainer(piece, call, tools)
        : (renderOf(piece)?.(call, tools) ?? linkOf(call, tools));
    if (output === undefined) {
      const subject = `${piece.family} ${piece.name}`;
      const hasLinks = body !== undefined;
      tools.warn(`${tools.written} is not known to feeds`, "template-unknown", { subject, hasLinks });
    }
    return output === undefined || isKept(output) ? keep(piece, written, body) : output;
  }

  /** What a construct holds, without the construct. */
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

  function argumentsIn({ family, rest }: Piece, tools: Tools): Arguments {
    if (family === "component") return argumentsOf(tagOf(rest), tools);
    if (family === "shortcode") return parseArguments(rest, { hasColons: false });
    const { context, named } = around;
    const meaning = (value: string, isQuoted: boolean): string => {
      if (isQuoted) return evaluateWithin(value, context, named);
      // Eleventy's tags are given values by their names alone.
      const isGiven = context.dialect === "eleventy" && context.values.has(value.toLowerCase());
      const isName = isGiven || /^(?:page|site|post)\.[\w.]+$/.test(value) || named.has(value);
      return isName ? (evaluate(value, context, named) ?? value) : value;
    };
    return parseArguments(rest, { hasColons: true, meaning });
  }

  function toolsOf(piece: Piece): Tools {
    const end = piece.content === undefined ? piece.end : Math.min(piece.end, piece.start + 80);
    return {
      ...around,
      written: shortened(source.slice(piece.start, end)),
      warn: (message, code = "template-unknown", about = {}) => warn(piece.start, message, code, about),
    };
  }

  function valueText(expression: string, tools: Tools): string {
    const value = evaluate(expression, around.context, around.named);
    if (value === undefined) tools.warn(`${tools.written} is not known to feeds`);
    return value ?? around.lost;
  }

  function expressionText(expression: string, tools: Tools): string {
    if (expression === "") return "";
    const comment = /^\/\*([\s\S]*)\*\/$/.exec(expression)?.[1];
    if (comment !== undefined) return /^\s*(?:more|truncate|excerpt)\s*$/.test(comment) ? "<!-- more -->" : "";
    const value = expressionValue(expression, tools);
    if (value === undefined) tools.warn(`${tools.written} is not known to feeds`);
    return value === undefined ? "" : literal(value);
  }
}

const BASE = /^site\.(?:url|baseurl|base_url|github\.url)$/;
const TARGETS = new Set(["link", "posturl", "postpath"]);

const isKept = (output: Exclude<Output, undefined>): output is { readonly [KEPT]: true } =>
  typeof output === "object" && KEPT in output;

function renderOf({ family, name }: Piece): Render | undefined {
  if (family === "component") return componentOf(name);
  if (family === "shortcode") return SHORTCODES.get(name);
  return INCLUDES.has(name) ? include : TAGS.get(name);
}

/** `id:x "title:A title" @icon` → what is read of it. */
function labelText(comment: string): string {
  const written = comment.slice(0, 400);
  const title = /\btitle:([^"]+)/.exec(written)?.[1];
  const text = (title ?? written.replace(/\s*@[\w-]+\s*$/, "").replace(/\b(?:id|icon|active):\S+/g, "")).trim();
  return text === "" ? "" : bold(text);
}

/** On one line, and no longer than a message can bear. */
const shortened = (text: string): string => {
  const folded = text.slice(0, 400).replace(/\s+/g, " ").trim();
  return folded.length > 60 ? `${folded.slice(0, 59).trimEnd().toWellFormed()}…` : folded;
};
