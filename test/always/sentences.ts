/** The sentences of ARCHITECTURE.md, "What always holds", which are the names of the tests of this folder. */
import { readFileSync } from "node:fs";

/** By number: `01`, `02`, … */
export function readSentences(): ReadonlyMap<string, string> {
  const page = readFileSync("ARCHITECTURE.md", "utf8");
  const section = page.split("\n## What always holds\n")[1]?.split("\n## ")[0] ?? "";
  const items = section.matchAll(/^(\d+)\. (.*(?:\n {3}.*)*)/gm);
  return new Map([...items].map(([, n = "", text = ""]) => [n.padStart(2, "0"), text.replace(/\s+/g, " ").trim()]));
}
