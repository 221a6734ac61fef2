/** How much a run would make: what is far more than its posts account for looks like an accident. */
import { writtenNumber } from "../../base/text.ts";
import { countListed } from "../../channels/listed.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { PostRecord, Refusal } from "../../model.ts";
import type { Amount, Guard, Site } from "../../site/types.ts";
import type { Catalog } from "../../state/types.ts";
import type { Plan } from "../types.ts";
import type { SizedDocument } from "./sizes.ts";
import { named } from "./thresholds.ts";

export interface AmountsInput {
  /** What is published. */
  readonly catalog: Pick<Catalog, "channels"> | undefined;
  /** The records that would be. */
  readonly records: readonly PostRecord[];
  readonly plan: Pick<Plan, "windows" | "put">;
  /** Of the feeds among what would be put. */
  readonly sizes: readonly SizedDocument[];
  readonly site: Pick<Site, "guard">;
}

/** What a run would make, and its first names. */
interface Made {
  readonly key: keyof Pick<Guard, "channels" | "documents" | "written">;
  readonly count: number;
  readonly what: string;
  readonly names: readonly string[];
}

export function refuseAmounts(input: AmountsInput): readonly Refusal[] {
  const { guard } = input.site;
  const posts = countListed(input.records);
  return madeBy(input).flatMap(({ key, count, what, names }) => {
    const allowed = guard[key];
    if (!allowed || count <= mostFor(posts, allowed)) return [];
    const about = `${writtenNumber(count)} ${what} for ${writtenNumber(posts)} ${posts === 1 ? "post" : "posts"}`;
    return {
      code: `many-${key === "written" ? "bytes" : key}`,
      message: `${about}, where ${writtenNumber(mostFor(posts, allowed))} are the most (${named(names)})`,
      fix: `check tags, categories and authors of the posts, and dialect, kinds and limit in site.yaml; if it is meant, publish with --force, or allow more: \`guard: { ${key}: … }\``,
    };
  });
}

const mostFor = (posts: number, { number, perPost }: Amount): number => Math.max(number, perPost * posts);

function madeBy({ catalog, plan, sizes }: AmountsInput): readonly Made[] {
  const channels = plan.windows.flatMap(({ channel: { key } }) => (catalog?.channels[key] ? [] : [key]));
  const documents = plan.put.flatMap(({ document: { path }, reason }) => (reason === "new" ? [path] : []));
  const largest = [...sizes].sort((a, b) => b.bytes - a.bytes).map(({ path }) => path);
  return [
    { key: "channels", count: channels.length, what: "new channels would be made", names: channels },
    { key: "documents", count: documents.length, what: "new documents would be put", names: documents },
    { key: "written", count: bytesOf(plan.put, sizes), what: "bytes would be written", names: largest },
  ];
}

/** Bytes of a page, which has less than 30,000. */
const PAGE_BYTES = 10_000;

/** Of all that is put, as far as it weighs. */
function bytesOf(put: Plan["put"], sizes: readonly SizedDocument[]): number {
  const known = new Map(sizes.map(({ path, bytes }) => [path, bytes]));
  const sizeOf = ({ path, source }: PlannedDocument): number =>
    source.as === "copy" ? sizeOf(source.of) : (known.get(path) ?? (source.as === "page" ? PAGE_BYTES : 0));
  return put.reduce((sum, { document }) => sum + sizeOf(document), 0);
}
