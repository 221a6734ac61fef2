/** Texts that make those parts of the code build their patterns that the golden files do not reach. */
const HEAD = "---\ntitle: A\ndate: 2024-01-05\n---\n";

export const SAMPLES: readonly string[] = [
  `${HEAD}See https://example.com/a, and www.example.com。\n`,
  `${HEAD}${"A long text with *words*, `code` and [a link](/b) in it.\n\n".repeat(400)}`,
  `${HEAD}Term\n: definition\n    that goes on\n`,
  `${HEAD}{::comment}\nhidden\n{:/comment}\n`,
  '{"title": A, "date": "2024-01-05"}\nx\n',
  `---\n${"a: [b\n".repeat(200_000)}---\n`,
];
