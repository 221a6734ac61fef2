/** Texts that make those parts of the code build their patterns that the golden files do not reach. */
const HEAD = "---\ntitle: A\ndate: 2024-01-05\n---\n";

export const SAMPLES: readonly string[] = [
  `${HEAD}See https://example.com/a, and www.example.com。\n`,
  `${HEAD}Term\n: definition\n    that goes on\n`,
  `${HEAD}{::comment}\nhidden\n{:/comment}\n`,
  '{"title": A, "date": "2024-01-05"}\nx\n',
  `---\n${"a: [b\n".repeat(200_000)}---\n`,
];
