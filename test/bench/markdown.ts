/** Blocks of synthetic Markdown: prose with links and emphasis, and the other blocks that blogs have. */
import { type Random, weightsOf } from "./random.ts";
import { CODE_LINES, NAMES, type Tongue } from "./words.ts";

export interface Writer {
  readonly random: Random;
  readonly tongue: Tongue;
  /** Collects the footnotes, in posts that have any. */
  readonly notes: string[] | undefined;
}

export type Block = keyof typeof BLOCKS;

/** The frequency of each block, by kind of post. */
export const KINDS = {
  essay: weightsOf({ paragraph: 82, quote: 6, picture: 5, list: 4, rule: 2, html: 1 }),
  guide: weightsOf({ paragraph: 48, quote: 3, picture: 6, list: 14, rule: 1, html: 3, code: 20, table: 4, tasks: 1 }),
  journal: weightsOf({ paragraph: 58, quote: 6, picture: 16, list: 14, rule: 3, html: 2, table: 1 }),
};

/** The frequency of each inline mark on a clause. */
const MARKS = weightsOf({
  none: 835,
  link: 48,
  code: 35,
  strong: 30,
  em: 15,
  label: 8,
  url: 4,
  html: 6,
  strike: 2,
  special: 12,
});

export const renderBlock = (name: Block, writer: Writer): string => BLOCKS[name](writer);

const BLOCKS = {
  heading: (writer: Writer) => `${"#".repeat(writer.random.pick([2, 2, 2, 3, 3, 4]))} ${title(writer)}`,
  paragraph,
  quote: (writer: Writer) =>
    [paragraph(writer), `— ${title(writer)}`].map((text) => `> ${text.replaceAll("\n", "\n> ")}`).join("\n>\n"),
  picture: ({ random, tongue }: Writer) => `![${random.pick(tongue.labels)}](${pictureUrl(random)})`,
  list,
  rule: () => "---",
  html,
  code,
  table,
  tasks: (writer: Writer) =>
    lines(writer, 3, 6, () => `- [${writer.random.chance(0.5) ? "x" : " "}] ${title(writer)}`).join("\n"),
};

export const title = ({ random, tongue }: Writer): string =>
  [random.pick(tongue.openings), ...Array.from({ length: random.between(2, 5) }, () => random.pick(tongue.words))].join(
    tongue.gap,
  );

function paragraph(writer: Writer): string {
  const { random, tongue } = writer;
  // Some authors break lines within a paragraph, others do not.
  const gap = tongue.gap === " " && random.chance(0.2) ? "\n" : tongue.gap;
  return lines(writer, 2, 7, () => sentence(writer)).join(gap);
}

function sentence(writer: Writer, clauses = writer.random.between(1, 3)): string {
  const { random, tongue, notes } = writer;
  let text = random.pick(tongue.openings);
  for (let left = clauses; left > 0; left--) {
    text += `${left === clauses ? tongue.gap : random.pick(tongue.comma)}${marked(clause(writer), writer)}`;
  }
  if (notes && random.chance(0.04)) text += `[^${notes.push(sentence({ ...writer, notes: undefined }))}]`;
  return text + random.pick(tongue.stop);
}

function clause({ random, tongue }: Writer): string {
  const [fewest, most] = tongue.clause;
  let text = random.favour(tongue.words);
  for (let left = random.between(fewest, most); left > 1; left--) text += tongue.gap + random.favour(tongue.words);
  if (random.chance(0.05)) text += `${tongue.gap}${tongue.quotes[0]}${random.favour(tongue.words)}${tongue.quotes[1]}`;
  return text;
}

function marked(text: string, { random, tongue }: Writer): string {
  const { gap, colon } = tongue;
  switch (random.weigh(MARKS)) {
    case "link":
      return `[${text}](${url(random)}${random.chance(0.1) ? ' "title"' : ""})`;
    case "code":
      return `${text}${gap || " "}\`${random.pick(NAMES)}\``;
    case "strong":
      return `**${text}**`;
    case "em":
      return gap === " " && random.chance(0.5) ? `_${text}_` : `*${text}*`;
    case "label":
      return `**${random.pick(tongue.labels)}${colon}**${gap}${text}`;
    case "url":
      return `${text} ${url(random)} `;
    case "html":
      return text + random.pick(["<br>", "<kbd>Ctrl</kbd>", "<sup>2</sup>", '<span style="color:red">!</span>']);
    case "strike":
      return `~~${text}~~`;
    case "special":
      return text + random.pick([" & ", " < ", "&nbsp;", " 5 * 3 ", " snake_case_name ", "&copy;", "👩‍🌾", "\\*"]);
    default:
      return text;
  }
}

function url(random: Random): string {
  if (random.chance(0.3)) return `${random.pick(["/", "../", "./", "#"])}note-${random.between(1, 9999)}`;
  const path = `${random.pick(["a", "wiki", "posts", "中文"])}/${random.between(1, 99_999)}`;
  const end = random.pick(["", "/", ".html", "?id=7&page=2", "#top"]);
  return `https://www.example.${random.pick(["org", "net", "com"])}/${path}${end}`;
}

function pictureUrl(random: Random): string {
  const folder = random.pick(["/images/", "https://cdn.example.com/", "./", "../img/"]);
  return `${folder}${random.between(1, 9999)}.${random.pick(["jpg", "png", "webp"])}`;
}

function list(writer: Writer): string {
  const { random } = writer;
  const isOrdered = random.chance(0.3);
  const gap = random.chance(0.15) ? "\n\n" : "\n";
  let number = 0;
  return lines(writer, 3, 8, () => {
    number += 1;
    const mark = isOrdered ? `${number}.` : "-";
    const nested = random.chance(0.12) ? `\n${" ".repeat(mark.length + 1)}- ${sentence(writer, 1)}` : "";
    return `${mark} ${sentence(writer, random.between(1, 2))}${nested}`;
  }).join(gap);
}

function table(writer: Writer): string {
  const { random, tongue } = writer;
  const width = random.between(2, 5);
  const row = (cell: () => string) => `| ${Array.from({ length: width }, cell).join(" | ")} |`;
  return [
    row(() => random.pick(tongue.labels)),
    row(() => random.pick(["---", ":--", "--:", ":-:"])),
    ...lines(writer, 2, 9, () => row(() => (random.chance(0.3) ? String(random.between(0, 5000)) : title(writer)))),
  ].join("\n");
}

function code(writer: Writer): string {
  const { random } = writer;
  const [language, sources] = random.pick(CODE_LINES);
  const shown = lines(writer, 3, 20, () => random.pick(sources));
  if (language === "" && random.chance(0.3)) return shown.map((line) => `    ${line || "$"}`).join("\n");
  return [`\`\`\`${language}`, ...shown, "```"].join("\n");
}

function html(writer: Writer): string {
  const { random, tongue } = writer;
  const caption = title(writer);
  const picture = `<img src="${pictureUrl(random)}" alt="${caption}" width="800" loading="lazy">`;
  return random.pick([
    `<figure>\n${picture}\n<figcaption>${caption}</figcaption>\n</figure>`,
    `<details>\n<summary>${caption}</summary>\n\n${sentence(writer)}\n\n</details>`,
    `<div align="center" class="note" style="margin: 0">${random.pick(tongue.labels)}<br/>${caption}</div>`,
    `<video controls src="/media/${random.between(1, 99)}.mp4" onplay="count()"></video>`,
    `<iframe src="https://player.example.com/${random.between(1, 9999)}" allowfullscreen></iframe>`,
    `<img src="${pictureUrl(random)}" srcset="/a.jpg 1x, /b.jpg 2x" />`,
  ]);
}

const lines = ({ random }: Writer, low: number, high: number, line: () => string): readonly string[] =>
  Array.from({ length: random.between(low, high) }, line);
