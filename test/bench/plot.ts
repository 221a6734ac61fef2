/** Lines over logarithmic axes, as an SVG picture with a legend, light or dark as its reader prefers. */
import { escapeText } from "../../lib/base/text.ts";

export interface Line {
  readonly name: string;
  /** What is not a number is left out. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
  readonly title: string;
  /** Lines of one name look alike in every panel. */
  readonly lines: readonly Line[];
  /** From one number on the y axis to the next: 10 makes 1, 10, 100; 2 makes 1, 2, 4. */
  readonly step: number;
  readonly shown: (y: number) => string;
}

const PANEL = { width: 350, height: 270, left: 68, gap: 24, top: 104 };
/** Below the panels: the numbers of the x axis, and its name. */
const BELOW = 56;
const MARGIN = 24;
const LEGEND = { top: 56, perLetter: 6.2, mark: 34, gap: 26 };

/** Of each line in its order; a line is known by its dashes and its marks, too. */
const LOOKS = [
  { light: "#0550ae", dark: "#79c0ff", dashes: "none", mark: "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0" },
  { light: "#bc4c00", dark: "#ffa657", dashes: "none", mark: "M-4,-4h8v8h-8z" },
  { light: "#8250df", dark: "#d2a8ff", dashes: "7 4", mark: "M0,-5l5,5l-5,5l-5,-5z" },
  { light: "#116329", dark: "#7ee787", dashes: "2 4", mark: "M0,-5l5,9h-10z" },
];

const STYLE = `svg { background: #ffffff; color: #1f2328; font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
text { fill: currentColor; } .title { font-size: 16px; font-weight: 600; } .name { font-weight: 600; }
.grid { stroke: currentColor; stroke-opacity: 0.15; } .line { fill: none; stroke-width: 2; }
${LOOKS.map(({ light }, i) => `.look${i} { stroke: ${light}; } .look${i}.mark { fill: ${light}; }`).join("\n")}
@media (prefers-color-scheme: dark) {
svg { background: #0d1117; color: #e6edf3; }
${LOOKS.map(({ dark }, i) => `.look${i} { stroke: ${dark}; } .look${i}.mark { fill: ${dark}; }`).join("\n")}
}`;

/** `described` is what the picture shows, for who does not see it; `xName` is the name of the x axis of each panel. */
export function plotOf(title: string, described: string, xName: string, panels: readonly Panel[]): string {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const width = MARGIN + panels.length * (PANEL.left + PANEL.width + PANEL.gap);
  const height = PANEL.top + PANEL.height + BELOW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeText(described)}</title>
<style>${STYLE}</style>
<text class="title" x="${MARGIN}" y="30">${escapeText(title)}</text>
${legendOf(names)}
${panels.map((panel, i) => drawn(panel, i, names, xName)).join("\n")}
</svg>
`;
}

function legendOf(names: readonly string[]): string {
  let x = MARGIN;
  return names
    .map((name, i) => {
      const entry = `<g transform="translate(${round(x)},${LEGEND.top})">${lineOf(i, "M0,0H28")}${markOf(i, 14, 0)}<text x="${LEGEND.mark}" y="4">${escapeText(name)}</text></g>`;
      x += LEGEND.mark + name.length * LEGEND.perLetter + LEGEND.gap;
      return entry;
    })
    .join("\n");
}

function drawn({ title, lines, step, shown }: Panel, index: number, names: readonly string[], xName: string): string {
  const { width, height } = PANEL;
  const drawable = lines.map((line) => ({ ...line, points: line.points.filter((at) => at.every((n) => n > 0)) }));
  const xs = [...new Set(drawable.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const ys = ticksOf(
    drawable.flatMap(({ points }) => points.map(([, y]) => y)),
    step,
  );
  const across = scaleOf([(xs[0] ?? 1) / 1.25, (xs.at(-1) ?? 1) * 1.25], [0, width]);
  const up = scaleOf([ys[0] ?? 1, ys.at(-1) ?? 1], [height, 0]);
  const left = MARGIN + PANEL.left + index * (width + PANEL.left + PANEL.gap);
  return [
    `<g transform="translate(${left},${PANEL.top})">`,
    ...ys.map((y) => `<path class="grid" d="M0,${up(y)}H${width}"/>${textAt(-8, up(y) + 4, shown(y), "end")}`),
    ...xs.map((x) => {
      const name = x.toLocaleString("en");
      return `<path class="grid" d="M${across(x)},0V${height}"/>${textAt(across(x), height + 18, name, "middle")}`;
    }),
    ...drawable.map(({ name, points }) => {
      const look = names.indexOf(name);
      const places = points.map(([x, y]) => [across(x), up(y)] as const);
      const marks = places.map(([x, y]) => markOf(look, x, y)).join("");
      return (places.length > 1 ? lineOf(look, `M${places.map((at) => at.join(",")).join("L")}`) : "") + marks;
    }),
    textAt(0, -10, title, "start", "name"),
    textAt(width / 2, height + 40, xName, "middle"),
    "</g>",
  ].join("\n");
}

/** Powers of `step` around the numbers: at least two. */
export function ticksOf(numbers: readonly number[], step: number): readonly number[] {
  if (numbers.length === 0) return [1, step];
  const exponentOf = (n: number) => Math.log(n) / Math.log(step);
  const first = Math.floor(exponentOf(Math.min(...numbers)) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(exponentOf(Math.max(...numbers)) - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => step ** (first + i));
}

/** From numbers to places, by their logarithms. */
function scaleOf([low, high]: readonly [number, number], [from, to]: readonly [number, number]) {
  return (n: number) => round(from + ((to - from) * Math.log(n / low)) / Math.log(high / low));
}

const round = (n: number): number => Math.round(n * 10) / 10;
const lineOf = (look: number, path: string): string =>
  `<path class="line look${look}" stroke-dasharray="${LOOKS[look]?.dashes ?? "none"}" d="${path}"/>`;
const markOf = (look: number, x: number, y: number): string =>
  `<path class="mark look${look}" transform="translate(${x},${y})" d="${LOOKS[look]?.mark ?? "M-4,-4h8v8h-8z"}"/>`;
const textAt = (x: number, y: number, text: string, anchor: string, kind = "number"): string =>
  `<text class="${kind}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeText(text)}</text>`;
