/** The script that the preview adds to pages: it reloads a page when the server says that what it shows is another. */

import { EVENTS } from "./own/paths.ts";

/**
 * A page that nobody sees holds no connection, since a browser opens six at most to one host. When it is seen again, the server
 * compares what it shows with what there is. A reload keeps the scroll position.
 */
const SOURCE = `
const bar = document.getElementById("dripfeed");
const shown = encodeURIComponent(location.pathname + location.search);
const address = "${EVENTS}?tag=" + bar.dataset.tag + "&page=" + shown;
let source;
const connect = () => {
  if (document.hidden || source) return;
  source = new EventSource(address);
  source.onopen = () => { bar.classList.remove("lost"); };
  source.onerror = () => {
    bar.classList.add("lost");
    if (source.readyState === 2) { leave(); setTimeout(connect, 1000); }
  };
  source.addEventListener("reload", () => { leave(); location.reload(); });
};
const leave = () => {
  if (source) source.close();
  source = undefined;
};
document.addEventListener("visibilitychange", () => { document.hidden ? leave() : connect(); });
addEventListener("pagehide", leave);
addEventListener("pageshow", connect);
connect();
`;

/** In a scope of its own. */
export const LIVE_SCRIPT = `{\n${SOURCE.trim()}\n}`;
