/** XML → the value that it stands for by its shape, with what no member stands for. */
import { SaxesParser } from "saxes";
import { type Member, type Model, shapeOf } from "./model.ts";
import { fromText } from "./values.ts";

export interface Element {
  readonly name: string;
  /** Of its namespace. */
  readonly uri: string;
  readonly children: readonly Element[];
  readonly text: string;
}

/** The root. Throws for what is not well-formed. */
export function parseXml(xml: string): Element {
  interface Open {
    readonly name: string;
    readonly uri: string;
    readonly children: Open[];
    text: string;
  }
  const top: Open = { name: "", uri: "", children: [], text: "" };
  const open = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", ({ local, uri }) => {
    const element: Open = { name: local, uri, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  const [root] = top.children;
  if (!root) throw new Error("there is no element");
  return root;
}

export interface Read {
  readonly value: unknown;
  readonly problems: readonly string[];
}

/** https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export function readElement(model: Model, member: Member, element: Element, at: string): Read {
  const shape = shapeOf(model, member);
  if (shape.type === "structure") return readMembers(model, member, element.children, at);
  if (shape.type === "list") {
    return list(model, shape.member, element.children, at, shape.member?.locationName ?? "member");
  }
  if (shape.type === "map") throw new Error(`a map in XML is not known here: ${at}`);
  return { value: fromText(shape, element.text, member), problems: [] };
}

function readMembers(model: Model, of: Member, children: readonly Element[], at: string): Read {
  const { members = {} } = shapeOf(model, of);
  const value: { [name: string]: unknown } = {};
  const problems: string[] = [];
  const below = (name: string) => (at === "" ? name : `${at}.${name}`);
  for (const [tag, elements] of Map.groupBy(children, ({ name }) => name)) {
    const found = Object.entries(members).find(([name, member]) => tagOf(model, name, member) === tag);
    if (!found) {
      problems.push(`${below(tag)} is unknown`);
      continue;
    }
    const [name, member] = found;
    const shape = shapeOf(model, member);
    const [first, ...others] = elements;
    const isFlat = shape.type === "list" && (member.flattened ?? shape.flattened ?? false);
    if (!isFlat && others.length > 0) problems.push(`${below(name)} is there ${elements.length} times`);
    if (!first) continue;
    const read = isFlat
      ? list(model, shape.member, elements, below(name), tag)
      : readElement(model, member, first, below(name));
    value[name] = read.value;
    problems.push(...read.problems);
  }
  return { value, problems };
}

/** The name of the elements of a flattened list is its own, or that of what it lists. */
function tagOf(model: Model, name: string, member: Member): string {
  const shape = shapeOf(model, member);
  const isFlat = shape.type === "list" && (member.flattened ?? shape.flattened ?? false);
  return member.locationName ?? (isFlat ? shape.member?.locationName : undefined) ?? name;
}

function list(model: Model, member: Member | undefined, elements: readonly Element[], at: string, tag: string): Read {
  const strangers = elements.filter(({ name }) => name !== tag).map(({ name }) => `${at}.${name} is unknown`);
  const read = elements
    .filter(({ name }) => name === tag)
    .map((element, i) => (member ? readElement(model, member, element, `${at}[${i}]`) : { value: "", problems: [] }));
  return {
    value: read.map(({ value }) => value),
    problems: [...strangers, ...read.flatMap(({ problems }) => problems)],
  };
}
