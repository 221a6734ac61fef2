/** Synthetic posts like those of blogs: reproducible from a seed and a number, with a median of 10 KB. */
import { type Block, KINDS, renderBlock, title, type Writer } from "./markdown.ts";
import { type Random, randomOf, weightsOf } from "./random.ts";
import { CHINESE, ENGLISH } from "./words.ts";

export interface SyntheticPost {
  readonly key: string;
  /** The whole file. */
  readonly text: string;
}

/** Bytes of a file, and the spread of sizes (sigma of the log-normal distribution). */
const MEDIAN = 10_000;
const SPREAD = 0.6;
const SMALLEST = 600;
const LARGEST = 100_000;

const KIND = weightsOf({ essay: 40, guide: 40, journal: 20 });

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2008, 0, 1);
const DAYS = 6500;

/** A `site.yaml` for these posts. */
export const SYNTHETIC_SITE = `title: Field notes
url: https://example.com/
feeds: https://feeds.example.com/
description: Notes from a field
since: 2008
timezone: Asia/Shanghai
authors:
  ada: { name: Ada Field, email: ada@example.com }
  wang: { name: 王小麦, url: https://example.com/wang/ }
`;

/** Post number `index`, which does not depend on other posts. */
export function syntheticPost(index: number, seed = 1): SyntheticPost {
  const random = randomOf(seed, index);
  const tongue = random.pick([ENGLISH, CHINESE]);
  const writer: Writer = { random, tongue, notes: random.chance(0.25) ? [] : undefined };
  const date = new Date(FIRST_DAY + random.between(0, DAYS) * DAY_MS + random.between(0, DAY_MS / 1000 - 1) * 1000);
  const name = random.chance(0.7) ? "note" : random.favour(tongue.tags);
  const front = frontMatter(writer, date);
  const size = Math.min(LARGEST, Math.max(SMALLEST, sizeAround(MEDIAN, random)));
  return {
    key: `posts/${date.getUTCFullYear()}/${name}-${index}.md`,
    text: `${front}\n${body(writer, size - Buffer.byteLength(front))}`,
  };
}

/** Posts 0 to `count` − 1, each made when the generator reaches it. */
export function* syntheticPosts(count: number, seed = 1): Generator<SyntheticPost> {
  for (let index = 0; index < count; index++) yield syntheticPost(index, seed);
}

/** Log-normal, the distribution of sizes of texts. */
function sizeAround(median: number, random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return median * Math.exp(SPREAD * normal);
}

function frontMatter(writer: Writer, date: Date): string {
  const { random, tongue } = writer;
  const heading = title(writer);
  const [day = "", time = ""] = date.toISOString().slice(0, 19).split("T");
  const tags = new Set(Array.from({ length: random.between(0, 5) }, () => random.favour(tongue.tags)));
  const isHexo = random.chance(0.5);
  const lines = [
    `title: ${random.chance(0.3) ? JSON.stringify(heading) : heading}`,
    `date: ${isHexo ? `${day} ${time}` : random.chance(0.5) ? day : `${day}T${time}+08:00`}`,
    ...(random.chance(0.3) ? [`updated: ${day} 23:59:59`] : []),
    ...list("tags", [...tags], isHexo),
    ...(random.chance(0.6) ? list("categories", random.favour(tongue.categories), isHexo) : []),
    ...(random.chance(0.4) ? [`author: ${random.pick(tongue.authors)}`] : []),
    ...(random.chance(0.5) ? [`lang: ${tongue.language}`] : []),
    ...(random.chance(0.3) ? [`description: ${JSON.stringify(`${title(writer)}: ${title(writer)}.`)}`] : []),
    ...(random.chance(0.3) ? [`cover: /images/${random.between(1, 999)}.jpg`] : []),
    ...(isHexo && random.chance(0.5) ? ["toc: true", "comments: true # 评论", "mathjax: false"] : []),
    ...(random.chance(0.02) ? ["draft: true"] : []),
  ];
  return `---\n${lines.join("\n")}\n---\n`;
}

function list(name: string, values: readonly string[], isBlock: boolean): readonly string[] {
  if (values.length === 0) return [];
  return isBlock ? [`${name}:`, ...values.map((value) => `  - ${value}`)] : [`${name}: [${values.join(", ")}]`];
}

/** Blocks of about `size` bytes together. */
function body(writer: Writer, size: number): string {
  const { random, notes = [] } = writer;
  const kind = KINDS[random.weigh(KIND)];
  const blocks: string[] = [];
  let left = size;
  const add = (name: Block) => {
    const block = renderBlock(name, writer);
    blocks.push(block);
    left -= Buffer.byteLength(block) + 2;
  };
  add("paragraph");
  if (random.chance(0.3)) blocks.push("<!-- more -->");
  for (let sinceHeading = 0; left > 0; sinceHeading++) {
    if (sinceHeading > 3 && random.chance(0.3)) {
      add("heading");
      sinceHeading = 0;
    }
    add(random.weigh<Block>(kind));
  }
  return `${[...blocks, ...notes.map((note, i) => `[^${i + 1}]: ${note}`)].join("\n\n")}\n`;
}
