/** Takes declarations of JavaScript apart, at the marks that stand outside brackets, strings and comments. */
type Named = readonly [name: string, written: string];

const TOKEN =
  /\\[\s\S]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`\\]*(?:\\[\s\S][^`\\]*)*(?:`|$)|(?<!:)\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$)|[()[\]{},;]|\n(?=[ \t]*(?:export|import|const|let|var|function|async|class)\b)/g;

/** The parts between these marks, without comments. */
function partsOf(text: string, marks: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let since = 0;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isEnd = depth === 0 && marks.includes(token);
    if (isEnd || /^\/[/*]/.test(token)) {
      part += text.slice(since, index);
      since = index + token.length;
    }
    if (isEnd) {
      parts.push(part);
      part = "";
    }
    if ("([{".includes(token)) depth += 1;
    else if (")]}".includes(token)) depth -= 1;
  }
  return [...parts, part + text.slice(since)];
}

/** The names that `const`, `let` and `var` declare, not within functions, each with what it is given. */
export function declaredIn(statements: string): readonly Named[] {
  if (!/\b(?:const|let|var)\b/.test(statements)) return [];
  return partsOf(statements, ";\n").flatMap((statement) => {
    const [keyword] = /^\s*(?:export\s+)?(?:const|let|var)\s/.exec(statement) ?? [];
    const pairs = keyword === undefined ? [] : partsOf(statement.slice(keyword.length), ",");
    return pairs.flatMap((each) => pairOf(each, "="));
  });
}

/** The members of an object by name, of an array by number; `undefined` of any other value. */
export function membersOf(written: string): readonly Named[] | undefined {
  const ends = written.charAt(0) + written.charAt(written.length - 1);
  if (ends !== "{}" && ends !== "[]") return undefined;
  const members = partsOf(written.slice(1, -1), ",");
  return ends === "[]" ? members.map((each, i) => [`${i}`, each.trim()]) : members.flatMap((each) => pairOf(each, ":"));
}

const NAME = /^\s*(?:([\w$]+)|"([\w$-]+)"|'([\w$-]+)')\s*([=:])(?![=>])/;

function pairOf(written: string, sign: string): readonly Named[] {
  const [opening = "", bare, double, single, found] = NAME.exec(written) ?? [];
  const name = bare ?? double ?? single;
  return name === undefined || found !== sign ? [] : [[name, written.slice(opening.length).trim()]];
}
