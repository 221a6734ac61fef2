/** A one-time code for another device or another author: to scan, to send, to type. */
import { ask } from "../base/api.ts";
import { filled, type site } from "../base/data.ts";
import { announce, button, type Child, drawing, field, h, refill, select } from "../base/dom.ts";
import { shownTime } from "../base/time.ts";
import { authorKey, type SignedInPerson, whoIs } from "../kept/person.ts";
import { acting } from "./parts.ts";

interface Invitation {
  readonly code: string;
  readonly url: string;
  /** Strokes in a square of so many units (`lib/formats/page/qr.ts`). */
  readonly qr: { readonly side: number; readonly path: string };
  readonly expires: string;
}

const ROLES: readonly SignedInPerson["role"][] = ["author", "drafts", "owner"];

/** Authors as `site.yaml` has them by now. */
export function invitePart(authors: typeof site.authors): Child {
  const person = whoIs();
  const isOwner = person?.role === "owner";
  const made = h("div");
  const author = select(
    authors.map(({ key, name }) => [key, name]),
    authorKey(),
    // Nobody else becomes an owner without being chosen as one.
    {
      change() {
        role.value = "author";
      },
    },
  );
  const role = select(
    ROLES.map((each) => [each, words.roles[each]]),
    person?.role ?? "author",
  );
  const make = async () => {
    const chosen = isOwner ? { ...(author.value === "" ? {} : { author: author.value }), role: role.value } : {};
    const { body } = await ask<Invitation>("codes", { json: chosen, by: authorKey() });
    refill(made, shown(body));
    announce(expiryOf(body));
  };
  return h("section.panel", [
    h("h2", words.another),
    isOwner && authors.length > 0 && field(words.author, author),
    isOwner && field(words.role, role),
    button(words.makeCode, acting(make)),
    made,
  ]);
}

const expiryOf = ({ expires }: Invitation): string => filled(words.codeExpires, { time: shownTime(expires) });

function shown(invitation: Invitation): Child {
  const { code, url, qr } = invitation;
  const share = async () => {
    if (navigator.share) return navigator.share({ url }).catch(() => undefined);
    await navigator.clipboard.writeText(url);
    announce(words.copied);
  };
  return [
    h("p.qr", drawing(qr.path, `0 0 ${qr.side} ${qr.side}`, { role: "img", "aria-label": `QR: ${words.code}` })),
    h("p", h("code.code", code)),
    h("p.note", expiryOf(invitation)),
    button("share" in navigator ? words.share : words.copyLink, () => void share()),
  ];
}
