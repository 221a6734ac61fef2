/** Addresses that a text writes once and its HTML many times: a short text must not become a long one by them. */

/** Characters of HTML for each of Markdown, and for any text, that addresses may take. */
const FOR_EACH = 16;
const FOR_ANY = 1_000_000;

/** Addresses below a post's are written with the address of the post, which is rarely as long as this. */
const LONG_ADDRESS = 1_000;

/** Throws for a text whose HTML would mostly be the same addresses again and again. */
export function refuseExpansion(markdown: string, url: string): void {
  const most = FOR_EACH * markdown.length + FOR_ANY;
  const length = expandedReferences(markdown) + (url.length > LONG_ADDRESS ? countAddresses(markdown) * url.length : 0);
  if (length > most) throw new Error(`its addresses would be ${length.toLocaleString("en-US")} characters of HTML`);
}

const countAddresses = (markdown: string): number => markdown.match(/\]\(|\]:|\b(?:href|src)\s*=/gi)?.length ?? 0;

/** The most characters of a label (CommonMark §6.3). */
const LONGEST_LABEL = 999;

/**
 * Characters of the definitions of links (CommonMark §4.7), each as often as its label stands in brackets: roughly, and rather
 * too many than too few.
 */
function expandedReferences(markdown: string): number {
  if (!markdown.includes("]:")) return 0;
  const uses = new Map<string, number>();
  const definitions: { readonly label: string; readonly start: number; readonly at: number }[] = [];
  let open = -1;
  for (const { 0: bracket, index } of markdown.matchAll(/\\[\s\S]|[[\]]/g)) {
    if (bracket === "[") open = index;
    if (bracket !== "]" || open < 0) continue;
    const isLabel = index - open - 1 <= LONGEST_LABEL && markdown[open + 1] !== "^"; // `[^a]` is a note
    const label = isLabel
      ? markdown
          .slice(open + 1, index)
          .toLowerCase()
          .replace(/\s+/g, " ")
      : "";
    if (isLabel && markdown[index + 1] === ":") definitions.push({ label, start: open, at: index + 2 });
    else if (isLabel) uses.set(label, (uses.get(label) ?? 0) + 1);
    open = -1;
  }
  const defined = new Set<string>(); // the first definition of a label counts
  return definitions.reduce((sum, { label, at }, i) => {
    if (defined.has(label)) return sum;
    defined.add(label);
    const count = uses.get(label) ?? 0;
    return count === 0 ? sum : sum + count * lengthOf(markdown, at, definitions[i + 1]?.start);
  }, 0);
}

/** Of a definition: it ends before a blank line, and before the next definition. */
function lengthOf(markdown: string, start: number, next: number | undefined): number {
  const definition = markdown.slice(start, next);
  const blank = definition.search(/\n[ \t>]*\n/);
  return blank < 0 ? definition.length : blank;
}
