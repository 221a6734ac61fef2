/** Which devices and apps may write, and how another one may. */
import { ask } from "../base/api.ts";
import { filled, language, languageName, languages, site } from "../base/data.ts";
import { announce, button, type Child, field, h, refill, select } from "../base/dom.ts";
import { shownTime } from "../base/time.ts";
import { authorKey, forget, isMine, leave, whoIs } from "../kept/person.ts";
import { keptPosts } from "../kept/posts.ts";
import { invitePart } from "./invite.ts";
import { acting, alertFor } from "./parts.ts";
import { placeOf, type View } from "./router.ts";
import { scopeWord } from "./signin.ts";
import { isOnItsWay } from "./waiting.ts";

interface Device {
  readonly id: string;
  readonly name: string;
  readonly author?: string;
  readonly role: keyof typeof words.roles;
  readonly created: string;
  readonly used?: string;
  readonly current?: boolean;
}

interface AppToken {
  readonly id: string;
  readonly client: { readonly id: string; readonly name?: string };
  readonly author?: string;
  readonly scopes: readonly string[];
  readonly created: string;
  readonly used?: string;
}

interface Access {
  readonly devices: readonly Device[];
  readonly tokens: readonly AppToken[];
  readonly authors?: typeof site.authors;
}

let { authors } = site;

export async function accessView(): Promise<View> {
  const list = h("div");
  const show = async () => {
    const { devices, tokens, ...others } = (await ask<Access>("access")).body;
    authors = others.authors ?? authors;
    refill(list, [
      h("h2", words.devices),
      h(
        "ul.rows",
        devices.map((device) => deviceRow(device, show)),
      ),
      h("h2", words.apps),
      tokens.length === 0 && h("p.note", words.nothingYet),
      h(
        "ul.rows",
        tokens.map((token) => appRow(token, show)),
      ),
    ]);
  };
  await show().catch((error: unknown) => refill(list, alertFor(error)));
  const person = whoIs();
  const out = async () => {
    const waits = (await keptPosts()).some((post) => isMine(post) && isOnItsWay(post));
    if (waits && !confirm(words.askSignOut)) return;
    await leave();
    history.replaceState(undefined, "", "#/");
    location.reload();
  };
  return {
    title: words.access,
    content: [
      person && h("p", filled(words.signedInAs, { name: person.name, role: words.roles[person.role] })),
      invitePart(authors),
      list,
      languageField(),
      h("p.apart", button(words.signOut, acting(out))),
    ],
  };
}

const nameOfAuthor = (key: string | undefined): string => authors.find((each) => each.key === key)?.name ?? key ?? "";

function deviceRow({ id, name, author, role, created, used, current }: Device, show: () => Promise<void>): Child {
  const facts = [nameOfAuthor(author), words.roles[role] ?? role, usedOf(created, current ? undefined : used)];
  return h(
    "li",
    h("h3", name, current === true && h("span.mark", words.thisDevice)),
    h("p.note", facts.filter((fact) => fact !== "").join(" · ")),
    revoke(id, name, show, current === true),
  );
}

function appRow({ id, client, author, scopes, created, used }: AppToken, show: () => Promise<void>): Child {
  const name = client.name ?? client.id;
  const facts = [client.id, nameOfAuthor(author), usedOf(created, used)];
  return h(
    "li",
    h("h3", name),
    h("p.note", facts.filter((fact) => fact !== "" && fact !== name).join(" · ")),
    h("p.note", scopes.map(scopeWord).join(", ")),
    revoke(id, name, show),
  );
}

const usedOf = (created: string, used: string | undefined): string =>
  filled(used === undefined ? words.since : words.lastUsed, { time: shownTime(used ?? created) });

function revoke(id: string, name: string, show: () => Promise<void>, isThis = false): Child {
  const act = async () => {
    if (!confirm(filled(words.askRevoke, { name }))) return;
    await ask(`access/${encodeURIComponent(id)}`, { method: "DELETE", by: authorKey() });
    if (isThis) {
      await forget();
      history.replaceState(undefined, "", placeOf("signin", "removed"));
      return location.reload();
    }
    announce(filled(words.removed, { name }));
    await show();
  };
  return button(words.revoke, acting(act), { class: "quiet", "aria-label": `${words.revoke}: ${name}` });
}

/** Kept by the browser; the server is told by the address. */
function languageField(): Child {
  const options = languages.map((tag) => [tag, languageName(tag, tag)] as const);
  const change = (event: Event) => {
    const tag = (event.target as HTMLSelectElement).value;
    localStorage.setItem("language", tag);
    location.assign(`?lang=${tag}${location.hash}`);
  };
  return field(words.pageLanguage, select(options, language, { change }));
}
