/** The tree of constructs → text: each is rendered with what stands between its tags. */
import { writtenNumber } from "../../base/text.ts";
import { isOwned, nameOf, outputOf } from "./meaning/constructs.ts";
import { isText } from "./meaning/containers.ts";
import { BRANCHES, choiceOf, DECIDING, isDone, UNSEEN } from "./meaning/flow.ts";
import { elementWith, isApart, openingTag } from "./meaning/mdx/elements.ts";
import { expressionText } from "./meaning/mdx/expressions.ts";
import { labelText } from "./meaning/notes.ts";
import { block, blockInHtml } from "./meaning/output.ts";
import { fixOfUnknown } from "./meaning/owner.ts";
import { LONGEST_VALUE, valueText } from "./meaning/values/variables.ts";
import { noteText } from "./meaning/wikilinks.ts";
import { contentOf, isLineEnd, placeBlock, prefixOf } from "./syntax/layout.ts";
import { FARTHEST } from "./syntax/readers/ending.ts";
import { isCustom } from "./syntax/readers/mdx.ts";
import { DEEPEST } from "./syntax/tree.ts";
import type {
  About,
  BlockOutput,
  ConstructNode,
  KeptBody,
  Output,
  PlacedConstruct,
  Surroundings,
  Tools,
  Warn,
} from "./types.ts";

type Shown = string | BlockOutput;

export function renderTree(source: string, tree: readonly ConstructNode[], around: Surroundings, warn: Warn): string {
  const { growth } = around;
  /** Components of MDC that what is rendered stands in. */
  let components = 0;
  return render(tree, 0, source.length);

  /** The text from `start` to `end`, with the nodes in it rendered. */
  function render(nodes: readonly ConstructNode[], start: number, end: number, isWithin = false): string {
    const out: string[] = [];
    const isBaseOfTarget = basesIn(nodes);
    let at = start;
    for (const [index, node] of nodes.entries()) {
      const { construct, close } = node;
      if (construct.start < at) continue;
      const until = (close ?? construct).end;
      out.push(source.slice(at, construct.start));
      const isLeftOut = growth.left < 0;
      const shown = isBaseOfTarget(index) || isLeftOut ? "" : show(node, isWithin);
      growth.left -= typeof shown === "string" ? shown.length : shown.block.length;
      if (growth.left < 0 && !growth.isTold) {
        warn(construct.start, TOO_MUCH, "template-unknown", {});
        growth.isTold = true;
      }
      if (typeof shown === "string") {
        out.push(shown);
        at = shown === "" ? pastEmpty(construct, until) : until;
        const isElement = construct.family === "element" && (close !== undefined || construct.role === "whole");
        if (isElement && isApart(construct, shown, source.slice(until, until + 80)))
          out.push(`\n${prefixOf(source, construct).trimEnd()}`);
      } else {
        const placed = placeBlock(source, construct, until, shown.block);
        out.push(placed.text);
        at = placed.next;
      }
    }
    out.push(source.slice(at, end));
    return out.join("");
  }

  /** A tag `{%- … %}` alone on its line leaves no empty line. */
  function pastEmpty({ start, line }: PlacedConstruct, until: number): number {
    const isTrimmed = start === line.start && source.startsWith("{%-", start);
    return isTrimmed && source[until] === "\n" ? until + 1 : until;
  }

  function show(node: ConstructNode, isWithin: boolean): Shown {
    const { construct } = node;
    switch (construct.family) {
      case "fixed":
      case "code":
        return construct.rest;
      case "unread":
        warn(construct.start, `${construct.rest}… ${TOO_LONG}`, "template-unknown", { fix: TOO_LONG_FIX });
        return construct.rest;
      case "imports":
        return "";
      case "deep":
        toolsOf(construct).warn(`${toolsOf(construct).written} ${TOO_DEEP}`, "template-unknown", TOO_DEEP_ABOUT);
        return "";
      case "custom":
        warnOfElement(construct);
        return construct.rest;
      case "label":
        return isWithin ? block(labelText(construct.rest)) : source.slice(construct.start, construct.end);
      case "slot":
        return components > 0 ? "" : source.slice(construct.start, construct.end);
      case "value":
        return valueText(construct.rest, construct.line.isHtml, toolsOf(construct));
      case "expression":
        return expressionText(construct.rest, toolsOf(construct));
      case "note":
        return noteText(source.slice(construct.start, construct.end), construct, toolsOf(construct));
      case "element":
        return isOwned(construct, around.context) ? showConstruct(node) : showElement(node);
      case "tag":
        return (isOwned(construct, around.context) ? undefined : showStatement(node)) ?? showConstruct(node);
      default:
        return showConstruct(node);
    }
  }

  function innerOf({ construct, close, children }: ConstructNode): string | undefined {
    const more = close?.name === "::" ? 1 : 0;
    components += more;
    const inner = close && render(children, construct.end, close.start, true);
    components -= more;
    return inner;
  }

  /** The text of a tag that chooses or assigns; `undefined` of any other. */
  function showStatement(node: ConstructNode): Shown | undefined {
    const { construct, close } = node;
    const { name, rest } = construct;
    if (BRANCHES.has(name) || (UNSEEN.has(name) && (close || construct.content !== undefined))) return "";
    const tools = toolsOf(construct);
    if (DECIDING.has(name) && construct.role !== "close") return showChoice(node, tools);
    if ((name === "capture" || name === "set") && close) {
      const text = (innerOf(node) ?? "").trim();
      if (text.length <= LONGEST_VALUE) around.named.set(rest, text);
      return "";
    }
    return isDone(name, rest, tools) ? "" : undefined;
  }

  /** The first branch of a choice, unless it shows values, which only its generator knows. */
  function showChoice(node: ConstructNode, { warn: report, written }: Tools): Shown {
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
    return keep(node.construct, inner, contentOf(inner, prefixOf(source, node.construct), true));
  }

  function showConstruct(node: ConstructNode): Shown {
    const { construct, children } = node;
    if (!node.close && isText(construct)) return source.slice(construct.start, construct.end);
    const tools = toolsOf(construct);
    if (construct.role === "close") {
      tools.warn(`${tools.written} closes nothing`);
      return "";
    }
    if (node.close?.start === node.close?.end && node.close)
      tools.warn(`${tools.written} ${OPEN}`, "template-unknown", { fix: OPEN_FIX });
    const written = innerOf(node) ?? construct.content;
    const keepsIndentation =
      construct.content !== undefined || children.some((child) => child.construct.family === "code");
    const body = written === undefined ? undefined : contentOf(written, prefixOf(source, construct), keepsIndentation);
    // What it holds is too much already: nothing may show that twice.
    if (growth.left < 0) return keep(construct, written, body);
    const isAlone = construct.isAlone && isLineEnd(source, (node.close ?? construct).end);
    const output = outputOf(construct, { body, isAlone, isHtml: construct.line.isHtml }, tools);
    if (output === undefined) {
      const name = nameOf(construct, tools.written);
      const subject = `${construct.family} ${construct.family === "container" ? name : construct.name}`;
      const hasLinks = body !== undefined;
      const fix = fixOfUnknown(name);
      tools.warn(`${tools.written} is not known to feeds`, "template-unknown", { subject, hasLinks, fix });
    }
    if (output === undefined || isKept(output)) return keep(construct, written, body);
    return around.context.isHtml && typeof output === "object" ? blockInHtml(output.block) : output;
  }

  /** The content of a construct, without the construct. */
  function keep(construct: PlacedConstruct, written = "", body = ""): Shown {
    return construct.isAlone && written.includes("\n") ? block(body) : written;
  }

  function showElement(node: ConstructNode): Shown {
    const { construct } = node;
    if (construct.role === "close") return construct.rest;
    if (isCustom(construct.name)) warnOfElement(construct);
    const opening = openingTag(construct.rest, toolsOf(construct));
    const inner = innerOf(node);
    if (inner === undefined) return opening;
    const body = contentOf(inner, prefixOf(source, construct), false);
    return elementWith(construct, opening, inner, body);
  }

  function warnOfElement({ name, start }: PlacedConstruct): void {
    warn(start, `<${name}> is not known to feeds`, "template-unknown", { fix: fixOfUnknown(name) });
  }

  function toolsOf(construct: PlacedConstruct): Tools {
    const end = construct.content === undefined ? construct.end : Math.min(construct.end, construct.start + 80);
    return {
      ...around,
      written: shortened(source.slice(construct.start, end)),
      refer: (reference) => around.context.refer?.(reference, construct.start),
      warn: (message, code = "template-unknown", about = {}) => warn(construct.start, message, code, about),
    };
  }
}

/** In `{{ site.url }}{% post_url … %}` the target includes its base already. Indices must be given in ascending order. */
function basesIn(nodes: readonly ConstructNode[]): (index: number) => boolean {
  /** The first after `index` that is no base, or does not stand right behind one. */
  let next = 0;
  return (index) => {
    for (
      next = Math.max(next, index);
      BASE.test(nodes[next]?.construct.rest ?? "") && nodes[next]?.construct.end === nodes[next + 1]?.construct.start;
      next += 1
    );
    return next > index && nodes[next]?.construct.family === "tag" && TARGETS.has(nodes[next]?.construct.name ?? "");
  };
}

const TOO_MUCH = "the templates show many times the text: the rest of them are left out";

const TOO_LONG = `has more than ${writtenNumber(FARTHEST)} characters, and stays as it is written`;
const TOO_LONG_FIX =
  "write in Markdown or HTML what feeds should show in its place, or what is long in it between two tags";

const TOO_DEEP = `is within more than ${DEEPEST} others: only what stands between its tags is shown`;
const TOO_DEEP_ABOUT: About = {
  subject: "too deep",
  fix: "write in Markdown or HTML what feeds should show in its place",
};

const OPEN =
  "is never closed: it ends with the text, or with the quotation, the list item or the tag in which it stands";
const OPEN_FIX = "write ::: on a line of its own where it ends";

const BASE = /^site\.(?:url|baseurl|base_url|github\.url)$/;
const TARGETS = new Set(["link", "posturl", "postpath"]);

const isKept = (output: Exclude<Output, undefined>): output is KeptBody =>
  typeof output === "object" && "kept" in output;

/** On one line, and short enough for a message. */
const shortened = (text: string): string => {
  const folded = text.slice(0, 400).replace(/\s+/g, " ").trim();
  return folded.length > 60 ? `${folded.slice(0, 59).trimEnd().toWellFormed()}…` : folded;
};
