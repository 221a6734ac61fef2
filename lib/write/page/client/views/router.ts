/** Which view the address names: `#/posts`, `#/kept/<id>`. */
import { site } from "../base/data.ts";
import { type Child, fill, h } from "../base/dom.ts";
import { alertFor } from "./parts.ts";

export interface View {
  readonly title: string;
  readonly content: readonly Child[];
  /** Before another takes its place. */
  readonly end?: () => void;
}

export type OpenView = (argument: string) => View | Promise<View>;

let routes: { readonly [name: string]: OpenView } = {};
let current: View | undefined;
let turn = 0;

export function openRouter(table: { readonly [name: string]: OpenView }): void {
  routes = table;
  addEventListener("hashchange", () => void showView());
}

export const placeOf = (name: string, argument = ""): string =>
  `#/${name}${argument === "" ? "" : `/${encodeURIComponent(argument)}`}`;

/** Also where the address is that already. */
export function go(place: string): void {
  if (location.hash === place) void showView();
  else location.hash = place;
}

/** An address that is cut in the middle of a character names nothing. */
function decoded(argument: string): string {
  try {
    return decodeURIComponent(argument);
  } catch {
    return "";
  }
}

/** What cannot be shown says why. */
async function opened(open: OpenView, argument: string): Promise<View> {
  try {
    return await open(argument);
  } catch (error) {
    return { title: words.failed, content: [alertFor(error)] };
  }
}

export async function showView(): Promise<void> {
  const [, name = "", argument = ""] = location.hash.split("/");
  const open = Object.hasOwn(routes, name) ? routes[name] : routes[""];
  const main = document.querySelector("main");
  if (!open || !main) return;
  const mine = ++turn;
  const isFirst = current === undefined;
  current?.end?.();
  main.ariaBusy = "true";
  const view = await opened(open, decoded(argument));
  if (mine !== turn) return view.end?.();
  current = view;
  const heading = h("h1", { tabindex: -1, dir: "auto" }, view.title);
  main.ariaBusy = null;
  main.replaceChildren();
  fill(main, [heading, view.content]);
  document.title = `${view.title} · ${site.title}`;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === `#/${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
  // A reader is told where it is; at the start it reads the page by itself.
  if (!isFirst) heading.focus();
}
