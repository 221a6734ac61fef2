/**
 * What micropub-helper asks of the package of this name, whose version 2 is not on npm: the targets of `<link>`s and of the header
 * `Link` (RFC 8288), by relation.
 */
import { Parser } from "htmlparser2";

/**
 * @param {string} url
 * @param {string} html
 * @param {{ readonly link?: string }} headers
 * @returns {Promise<{ [rel: string]: string[] }>}
 */
export async function relParser(url, html, { link = "" }) {
  /** @type {{ [rel: string]: string[] }} */
  const found = {};
  /** @param {string} rels @param {string} target */
  const add = (rels, target) => {
    for (const rel of rels.toLowerCase().split(/\s+/)) found[rel] = [...(found[rel] ?? []), new URL(target, url).href];
  };
  for (const [, target = "", rels = ""] of link.matchAll(/<([^<>]*)>\s*;\s*rel="?([^",;]+)/g)) add(rels, target);
  const parser = new Parser({
    onopentag(name, { rel, href }) {
      if (name === "link" && rel && href) add(rel, href);
    },
  });
  parser.end(html);
  return found;
}
