/** What stays around every view: where one can go, how much waits, and whether there is a network and a session. */
import { filled, SPACE } from "../base/data.ts";
import { h, refill } from "../base/dom.ts";
import { isAnother, isMine, isSignedIn, whoIs } from "../kept/person.ts";
import { keptPosts } from "../kept/posts.ts";
import { isOnItsWay } from "./waiting.ts";

export function showNavigation(): void {
  const link = (place: string, label: string, id?: string) =>
    h("li", h("a", { href: place }, label, id !== undefined && h("span.count", { id })));
  const nav = document.querySelector("nav");
  if (!nav) return;
  refill(
    nav,
    h(
      "ul",
      link("#/", words.write),
      link("#/waiting", words.onItsWay, "count"),
      link("#/posts", words.posts),
      link("#/access", words.access),
    ),
  );
  nav.hidden = false;
}

export async function showState(): Promise<void> {
  const own = (await keptPosts()).filter((post) => isMine(post) && isOnItsWay(post));
  const count = document.getElementById("count");
  if (count) count.textContent = own.length === 0 ? "" : String(own.length);
  const person = whoIs();
  const session = !isSignedIn()
    ? words.faults.unauthorized
    : isAnother()
      ? filled(words.anotherPerson, { name: person?.name ?? "" })
      : "";
  const said = !navigator.onLine ? words.offline : person ? session : "";
  const notice = document.getElementById("state");
  if (!notice || notice.dataset["said"] === said) return;
  notice.dataset["said"] = said;
  refill(
    notice,
    said !== "" && h("p.notice", said, SPACE, navigator.onLine && h("a", { href: "#/signin" }, words.signIn)),
  );
}
