/** HTML → a tree with only what the profile lists: read once, each element is finished when it closes. */
import { xmlSafe } from "../../base/text.ts";
import { asShown, attributesOf, isForPagesOnly, specialClass } from "./attributes.ts";
import { isGutter } from "./code.ts";
import { FINISH } from "./finish.ts";
import { isFrame, linkOfFrame, linkOfScript } from "./frames.ts";
import { isMoreId, isMoreMark } from "./more.ts";
import { type Element, element, type HtmlAttributes, type HtmlNode } from "./nodes.ts";
import { withoutOpenEnds } from "./openends.ts";
import { isOfNoSize } from "./pictures.ts";
import { CLOSES, DEEPEST, DROPPED, RENAMED, VOID } from "./profile.ts";
import { ShallowParser } from "./shallow.ts";
import { addTo, withoutRendering } from "./siblings.ts";
import { texOfScript } from "./tex.ts";

/** What an opening tag became: a node, nothing (dropped with its content), or only its content (transparent). */
type Opened = Element | "dropped" | "transparent";

/** Elements that are read whole before it is decided what they become. */
const READ_WHOLE: ReadonlyMap<string, string> = new Map([
  ["noscript", "#noscript"],
  ["object", "#object"],
  ["math", "#math"],
  ["mjx-container", "#mathjax"],
]);

/** Never throws: what cannot be read as HTML is text. */
export function treeOf(html: string, base: string): Element {
  const root = element("#root", []);
  const open: Element[] = [root];
  const namesOpen = new Map<string, number>();
  const tags: { readonly name: string; readonly opened: Opened }[] = [];
  let dropping = 0;
  let script: { readonly type: string; text: string } | undefined;
  let hasMore = false;

  const top = (): Element => open.at(-1) ?? root;
  const isWithin = (name: string): boolean => (namesOpen.get(name) ?? 0) > 0;
  const isInCode = (): boolean => isWithin("pre") || isWithin("code");
  const context = () => ({ base, parent: top(), isWithin });

  const add = (node: HtmlNode): void => addTo(top(), node);

  function close(): void {
    const closed = open.pop();
    if (!closed || closed === root) return;
    namesOpen.set(closed.name, (namesOpen.get(closed.name) ?? 0) - 1);
    const finish = FINISH.get(closed.name);
    const nodes = finish ? finish(closed, context(), open) : [closed];
    for (const node of nodes) add(node);
  }

  function mark(): void {
    if (hasMore || dropping > 0 || isInCode()) return;
    hasMore = true;
    add(element("#more", []));
  }

  function openTag(name: string, attributes: HtmlAttributes): Opened {
    if (isForPagesOnly(attributes)) return "dropped";
    if (isMoreId(attributes["id"] ?? "") && (name === "a" || name === "span")) mark();
    if (isWithin("#math")) return push(name, "", attributes);
    if (name === "script") {
      if (/^math\/tex/.test(attributes["type"] ?? "")) script = { type: attributes["type"] ?? "", text: "" };
      else for (const node of linkOfScript(attributes, context())) add(node);
      return "dropped";
    }
    if (DROPPED.has(name)) return "dropped";
    const shown = asShown(name, attributes);
    if (isFrame(name)) {
      for (const node of linkOfFrame(name, shown, context())) add(node);
      return "dropped";
    }
    const whole = READ_WHOLE.get(name) ?? specialClass(attributes["class"] ?? "");
    if (whole) return push(whole, "", attributes);
    if (isGutter(name, attributes, isInCode())) return push("#gutter", "", attributes);
    if (name === "param" && isWithin("#object")) {
      add(element("#param", [], "", attributes));
      return "transparent";
    }
    if (name === "input") {
      add(checkboxText(attributes));
      return "transparent";
    }
    if (name === "br" && isWithin("pre")) {
      add("\n");
      return "transparent";
    }
    if ((name === "a" && isWithin("a")) || (name === "img" && isOfNoSize(shown))) return "transparent";
    const written = attributesOf(name, shown, base);
    if (written === undefined) return "transparent";
    const opened = push(name, written, shown, shown !== attributes);
    if (!VOID.has(name) || opened === "transparent") return opened;
    close(); // it may have had another name, of an element with content, which must not stay open
    return "transparent";
  }

  function push(name: string, written: string, source: HtmlAttributes, wasLazy = false): Opened {
    if (open.length > DEEPEST) return "transparent";
    const closes = CLOSES.get(name);
    while (closes?.has(top().name)) close();
    const made = element(name, [], written, source);
    const opened = wasLazy ? { ...made, wasLazy } : made;
    open.push(opened);
    namesOpen.set(name, (namesOpen.get(name) ?? 0) + 1);
    return opened;
  }

  const balanced = withoutOpenEnds(html);
  const parser = new ShallowParser(balanced, () => tags.length, {
    onopentag(parsed, attributes) {
      const opened = dropping > 0 ? "dropped" : openTag(RENAMED.get(parsed) ?? parsed, attributes);
      if (opened === "dropped") dropping += 1;
      tags.push({ name: parsed, opened });
    },
    ontext(text) {
      if (script) script.text += text;
      if (dropping === 0) add(xmlSafe(text));
    },
    oncomment(comment) {
      if (isMoreMark(comment)) mark();
    },
    onclosetag(name) {
      // For a tag that the end of the text cuts off, the parser closes an element that it did not open.
      if (tags.at(-1)?.name !== name) return;
      const opened = tags.pop()?.opened;
      if (opened === "dropped") dropping -= 1;
      if (script && dropping === 0) {
        const tex = texOfScript(script.type, xmlSafe(script.text));
        script = undefined;
        withoutRendering(top());
        add(tex);
      }
      if (typeof opened !== "object" || !open.includes(opened)) return;
      while (open.length > 1 && top() !== opened) close();
      close();
    },
  });
  parser.end(balanced);
  while (open.length > 1) close();
  return root;
}

function checkboxText(attributes: HtmlAttributes): string {
  if (attributes["type"]?.toLowerCase() !== "checkbox") return "";
  return attributes["checked"] === undefined ? "☐" : "☑";
}
