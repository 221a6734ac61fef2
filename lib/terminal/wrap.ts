/** Text for people, broken at words where a terminal is narrower. */
import { stripVTControlCharacters } from "node:util";
import { columns } from "./text.ts";

/** Beyond what the line itself is indented by. */
const INDENT = 2;

/** Words that are longer than a line, such as addresses, are left to the terminal, so that they are copied whole. */
export async function wrap(text: string, width: number | undefined): Promise<string> {
  if (width === undefined) return text;
  return (await Promise.all(text.split("\n").map((line) => wrapLine(line, width)))).join("\n");
}

async function wrapLine(line: string, width: number): Promise<string> {
  if ((await widthOf(line)) <= width) return line;
  const indent = " ".repeat((/^ */.exec(line)?.[0].length ?? 0) + INDENT);
  const lines: string[] = [];
  let current = "";
  let used = -1;
  for (const word of wordsOf(line)) {
    const length = await widthOf(word);
    if (current.trim() === "" || used + 1 + length <= width) {
      current += used < 0 ? word : ` ${word}`;
      used += 1 + length;
    } else {
      lines.push(current);
      current = indent + word;
      used = indent.length + length;
    }
  }
  return [...lines, current].join("\n");
}

const COMMAND = /^(?:dripfeed|npm|npx)$/;
const END = /[,;:)]$/;

/** What is to be typed is one word: what stands in backquotes, and a command. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let isQuoted = false;
  let isCommand = false;
  for (const part of line.split(" ")) {
    if (isQuoted || isCommand) words.push(`${words.pop()} ${part}`);
    else words.push(part);
    if (part.split("`").length % 2 === 0) isQuoted = !isQuoted;
    isCommand = (isCommand || COMMAND.test(part)) && !END.test(part);
  }
  return words;
}

const widthOf = (text: string): Promise<number> => columns(stripVTControlCharacters(text));
