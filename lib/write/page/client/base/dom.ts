/** Makes elements. What people wrote goes in as text and attributes alone, never as markup. */

export type Child = Node | string | undefined | false | readonly Child[];

interface Attributes {
  /** `true` is an attribute without a value; a function listens to the event of this name. */
  readonly [name: string]: string | number | boolean | undefined | ((event: Event) => void);
}

type Tag = keyof HTMLElementTagNameMap;
type Made<Name> = Name extends `${infer Base extends Tag}.${string}`
  ? HTMLElementTagNameMap[Base]
  : Name extends Tag
    ? HTMLElementTagNameMap[Name]
    : never;

/** `name` is that of the element, with its classes behind dots. */
export function h<Name extends Tag | `${Tag}.${string}`>(
  name: Name,
  ...parts: readonly (Attributes | Child)[]
): Made<Name> {
  const [tag = "", ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const part of parts) {
    if (isChild(part)) fill(element, [part]);
    else dress(element, part);
  }
  return element as Made<Name>;
}

const isChild = (part: Attributes | Child): part is Child =>
  typeof part !== "object" || part instanceof Node || Array.isArray(part);

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of one path, which is an ornament unless it has a name. */
export function drawing(path: string, viewBox: string, attributes: Attributes = { "aria-hidden": "true" }): SVGElement {
  const [svg, line] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "path")];
  dress(svg, { viewBox, ...attributes });
  dress(line, { d: path });
  svg.append(line);
  return svg;
}

function dress(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
}

export function fill(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue;
    if (typeof child === "string" || child instanceof Node) element.append(child);
    else fill(element, child);
  }
}

/** Builds the content of an element anew; the focus stays on the element with the same id, or else where that was. */
export function refill(element: HTMLElement, ...children: readonly Child[]): void {
  const focused = element.contains(document.activeElement) ? document.activeElement?.id : undefined;
  element.replaceChildren();
  fill(element, children);
  if (focused === undefined) return;
  element.tabIndex = -1;
  (document.getElementById(focused) ?? element).focus({ preventScroll: true });
}

let names = 0;

/** An id that no other element has. */
export const newId = (): string => `i${++names}`;

/** A label, its input, and what helps to fill it in. */
export function field(label: string, input: HTMLElement, hint?: string): HTMLElement {
  if (!input.id) input.id = newId();
  const about = hint === undefined ? undefined : h("p.note", { id: `${input.id}-hint` }, hint);
  if (about) input.setAttribute("aria-describedby", about.id);
  return h("div.field", h("label", { for: input.id }, label), input, about);
}

/** One of several, by its value and its name. */
export const select = (
  options: readonly (readonly [value: string, name: string])[],
  chosen: string,
  attributes: Attributes = {},
): HTMLSelectElement =>
  h(
    "select",
    attributes,
    options.map(([value, name]) => h("option", { value, selected: value === chosen }, name)),
  );

export const button = (label: string, act: (event: Event) => void, attributes: Attributes = {}): HTMLButtonElement =>
  h("button", { type: "button", click: act, ...attributes }, label);

/** Says it to those who listen to the page. */
export function announce(text: string): void {
  const region = document.getElementById("said");
  if (!region) return;
  region.textContent = "";
  // Two equal texts in a row are read only if the region was empty between them.
  setTimeout(() => {
    region.textContent = text;
  }, 50);
}
