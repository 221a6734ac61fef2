/**
 * Starts the page. What is written here is kept in this browser (`kept/`) and from there sent to the server (`sending/`), whenever
 * there is a network and a session; `views/` shows what is kept, and asks the server for the rest. `media/` prepares pictures and
 * recordings, `base/` asks the server and makes elements.
 */
import { language } from "./base/data.ts";
import { askWho, authorKey, isSignedIn, recall, whoIs } from "./kept/person.ts";
import { onChange } from "./kept/posts.ts";
import { openSender } from "./sending/sender.ts";
import { accessView } from "./views/access.ts";
import { chooseView } from "./views/choose.ts";
import { newView, resumeView } from "./views/compose/compose.ts";
import { consentView } from "./views/consent.ts";
import { showNavigation, showState } from "./views/frame.ts";
import { homeView } from "./views/home.ts";
import { alertFor } from "./views/parts.ts";
import { postView } from "./views/post.ts";
import { postsView } from "./views/posts.ts";
import { go, type OpenView, openRouter, showView } from "./views/router.ts";
import { shareView } from "./views/shared.ts";
import { codeInAddress, signInView } from "./views/signin.ts";
import { waitingView } from "./views/waiting.ts";

const isConsent = location.pathname === "/write/auth";
const code = codeInAddress();

/** The one address of ours from which a script may come (Trusted Types). */
function registerWorker(): void {
  const url = "/write/worker.js";
  const policy = window.trustedTypes?.createPolicy("dripfeed", {
    createScriptURL: (asked) => (asked === url ? asked : ""),
  });
  navigator.serviceWorker
    ?.register((policy?.createScriptURL(url) ?? url) as string, { scope: "/write/" })
    .catch(() => undefined);
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}

declare global {
  interface Window {
    /** Not in every browser, nor in TypeScript's library. */
    readonly trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
    };
  }
}

/** Whoever was never signed in on this phone can do nothing else, and whoever has a code wants to use it. */
const signedIn =
  (open: OpenView): OpenView =>
  (argument) =>
    whoIs() && (isSignedIn() || code === "") ? open(argument) : signInView(code, enter);

/** Whose views are shown. */
let known = "";

function enter(): void {
  if (!isConsent) showNavigation();
  void showState();
  known = authorKey();
  // To what was asked for before, such as what another app shares.
  if (/^#(?:code=|\/signin)/.test(location.hash)) go("#/");
  else void showView();
  openSender();
}

const VIEWS: { readonly [name: string]: OpenView } = {
  "": homeView,
  new: newView,
  kept: resumeView,
  waiting: waitingView,
  posts: postsView,
  post: postView,
  choose: chooseView,
  access: accessView,
};

/** Somebody else signed in in another tab. */
async function showOther(): Promise<void> {
  known = authorKey();
  await showView();
}

async function start(): Promise<void> {
  await recall();
  const asked = askWho();
  // A code is for whoever is not known here yet, and consent is no matter of what was kept.
  if (!whoIs() || isConsent || code !== "") await asked;
  const views = Object.fromEntries(Object.entries(VIEWS).map(([name, open]) => [name, signedIn(open)]));
  const consent: OpenView = () => (isSignedIn() ? consentView(location.search.slice(1)) : signInView("", enter));
  openRouter(
    isConsent
      ? { "": consent }
      : { ...views, signin: (why) => signInView("", enter, why), shared: signedIn(shareView) },
  );
  onChange(() => {
    void showState();
    if (authorKey() !== known) void showOther();
  });
  for (const name of ["online", "offline"]) addEventListener(name, () => void showState());
  if (whoIs() && !isConsent && (isSignedIn() || code === "")) showNavigation();
  const asksFor = new URLSearchParams(location.search);
  const isShared = ["title", "text", "url"].some((name) => asksFor.has(name));
  // Unlike an assignment, it opens no second view beside the first below.
  if (isShared && !isConsent) history.replaceState(undefined, "", "#/shared");
  known = authorKey();
  await showView();
  await asked;
  if (authorKey() !== known) await showOther();
  await showState();
  if (isSignedIn()) openSender();
}

/** To the language that was chosen here, if the page came in another; what was shared with it goes along. */
function isElsewhere(): boolean {
  const chosen = localStorage.getItem("language");
  if (chosen === null || chosen === language || !navigator.onLine || isConsent) return false;
  const asked = new URLSearchParams(location.search);
  if (asked.has("lang")) return false;
  asked.set("lang", chosen);
  location.replace(`/write/?${asked}${location.hash}`);
  return true;
}

async function open(): Promise<void> {
  if (isElsewhere()) return;
  registerWorker();
  await start();
}

// A browser that is told to keep nothing throws at the first thing that would be kept.
open().catch((error: unknown) => {
  document.querySelector("main")?.replaceChildren(alertFor(error));
});
