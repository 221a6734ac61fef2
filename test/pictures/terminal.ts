/** What a command printed, as a page that looks like a terminal, light or dark. */
import { AnsiUp } from "ansi_up";

const STYLE = `
  :root { color-scheme: light dark; background: light-dark(#f6f8fa, #0d1117); color: light-dark(#1f2328, #e6edf3); }
  body { margin: 0; padding: 20px 24px; }
  pre { margin: 0; font: 13px/1.5 "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; white-space: pre-wrap; }
  a { color: inherit; text-underline-offset: 3px; }
  .prompt { color: light-dark(#59636e, #9198a1); }
  .ansi-red-fg, .ansi-bright-red-fg { color: light-dark(#b3261e, #ff7b72); }
  .ansi-green-fg, .ansi-bright-green-fg { color: light-dark(#116329, #7ee787); }
  .ansi-yellow-fg, .ansi-bright-yellow-fg { color: light-dark(#7d4e00, #e3b341); }
  .ansi-blue-fg, .ansi-bright-blue-fg { color: light-dark(#0550ae, #79c0ff); }
  .ansi-magenta-fg, .ansi-bright-magenta-fg { color: light-dark(#8250df, #d2a8ff); }
  .ansi-cyan-fg, .ansi-bright-cyan-fg { color: light-dark(#0e6e7c, #76e3ea); }
  .ansi-bright-black-fg, .ansi-white-fg { color: light-dark(#59636e, #9198a1); }`;

export function terminalPage(command: string, printed: string): string {
  const ansi = new AnsiUp();
  ansi.use_classes = true;
  const lines = ansi.ansi_to_html(printed.trimEnd());
  const prompt = `<span class="prompt">$</span> <b>${command}</b>`;
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><pre>${prompt}\n${lines}</pre>`;
}
