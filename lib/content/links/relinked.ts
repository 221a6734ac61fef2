/** A last good entry whose links to other posts lead elsewhere now. Its file cannot be rendered, so that its HTML is changed. */
import { present } from "../../base/optional.ts";
import type { Entry, PostLinks } from "../../model.ts";
import { readdressed } from "../html/readdressed.ts";
import { plainText } from "../html/reading.ts";
import { withoutLinks } from "./addresses.ts";

export function relinkedEntry(entry: Entry, { references, targets, former }: PostLinks): Entry {
  const moved = new Map<string, string>();
  /** By address; the titles that links to it show: of a post that is not public any more it is told nowhere. */
  const lost = new Map<string, Set<string>>();
  references.forEach(({ titled }, i) => {
    const [before, target] = [former?.targets[i], targets[i]];
    if (typeof before !== "object" || (typeof target === "object" && target.url === before.url)) return;
    if (typeof target === "object") {
      moved.set(before.url, target.url);
      return;
    }
    const titles = lost.get(before.url) ?? new Set();
    if (titled && before.title) titles.add(before.title);
    lost.set(before.url, titles);
  });
  const relinked = (html: string): string => {
    const linked = withoutLinks(html, (address, words) => {
      const titles = lost.get(address);
      return titles && (titles.has(plainText(words)) ? "" : words);
    });
    return moved.size === 0 ? linked : readdressed(linked, (url) => moved.get(url) ?? url);
  };
  const hidden = [...lost.values()].flatMap((titles) => [...titles]);
  const summary = hidden.reduce((text, title) => text?.replaceAll(title, "").trim(), entry.summary);
  const { summary: _, markdown: __, ...others } = entry;
  const lead = entry.lead === undefined ? undefined : relinked(entry.lead);
  return { ...others, html: relinked(entry.html), ...present({ summary: summary || undefined, lead }) };
}
