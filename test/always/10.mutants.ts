/** Errors that `10-nothing-is-executed.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a refused front matter language is given to gray-matter",
    edits: [
      {
        file: "lib/content/frontmatter/frontmatter.ts",
        find: "const problems = [problem(found.code, key, found.message, found.line, found.fix)];",
        replace: [
          'if (found.code === "front-matter-language") {',
          "    try {",
          "      matter(text, {});",
          "    } catch {",
          "      // it knows no such language either",
          "    }",
          "  }",
          "  const problems = [problem(found.code, key, found.message, found.line, found.fix)];",
        ],
      },
    ],
  },
  {
    name: "JSON is read as JavaScript",
    edits: [
      {
        file: "lib/content/frontmatter/json.ts",
        find: "return readAsYaml(key, text, SYNTAX);",
        replace: [
          "try {",
          "    return readAsYaml(key, JSON.stringify(new Function(`return (${text})`)()), SYNTAX);",
          "  } catch {",
          "    return readAsYaml(key, text, SYNTAX);",
          "  }",
        ],
      },
    ],
  },
  {
    name: "a link may be a script",
    edits: [
      {
        file: "lib/content/html/urls.ts",
        find: '["http", "https", "ftp", "mailto", "tel", "sms", "xmpp", "magnet", "geo", "gemini", "irc", "ircs", "matrix"].map(',
        replace:
          '["http", "https", "ftp", "mailto", "tel", "sms", "xmpp", "magnet", "geo", "gemini", "irc", "ircs", "matrix", "javascript"].map(',
      },
    ],
  },
  {
    name: "event handlers stay",
    edits: [
      {
        file: "lib/content/html/profile.ts",
        find: "img: src srcset sizes alt width height",
        replace: "img: src srcset sizes alt width height onload onerror",
      },
    ],
  },
  {
    name: "a symbolic link leads out",
    edits: [
      {
        file: "lib/stores/folder/paths.ts",
        find: "if (real !== realRoot && !real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) {",
        replace: "if (real !== realRoot && !real.startsWith(sep)) {",
      },
    ],
  },
  {
    name: "it is not looked whether a folder is a symbolic link",
    edits: [
      {
        file: "lib/stores/folder/paths.ts",
        find: "if (hasLink(at.root, path)) followInside(at, operation, key, path);",
        replace: "if (hasLink(at.root, path) && path === at.root) followInside(at, operation, key, path);",
      },
    ],
  },
  {
    name: "it is not looked where a symbolic link to a file leads",
    edits: [
      {
        file: "lib/stores/folder.ts",
        find: 'target = followInside(at, "get", key, path);',
        replace: 'target = key === "" ? followInside(at, "get", key, path) : realpathSync(path);',
      },
      {
        file: "lib/stores/folder.ts",
        find: "import { type BigIntStats, closeSync, fstatSync } from",
        replace: "import { type BigIntStats, closeSync, fstatSync, realpathSync } from",
      },
    ],
  },
  {
    name: "a key may go up",
    edits: [
      {
        file: "lib/content/files/paths.ts",
        find: 'key.split("/").every((part) => part !== "" && part !== "." && part !== ".." && Buffer.byteLength(part) <= 255);',
        replace: 'key.split("/").every((part) => part !== "" && Buffer.byteLength(part) <= 255);',
      },
      {
        file: "lib/publish/scan/others.ts",
        find: "if (!known.has(key) && flawOfKey(key) === undefined) missingSizes.add(key);",
        replace: "if (!known.has(key)) missingSizes.add(key);",
      },
      {
        file: "lib/publish/scan/others.ts",
        find: "const mayExist = listed?.has(key) ?? flawOfKey(key) === undefined;",
        replace: "const mayExist = listed?.has(key) ?? (true || flawOfKey(key) === undefined);",
      },
    ],
  },
  {
    name: "an address may lead out of the site",
    edits: [
      {
        file: "lib/content/facts/address.ts",
        find: "return url.href.startsWith(site.url) ? encodedHref(url) : undefined;",
        replace: "return encodedHref(url);",
      },
    ],
  },
  {
    name: "the digest of an object of the state store is not compared",
    edits: [
      {
        file: "lib/state/sealed.ts",
        find: "if (written !== sealOf(seal, key, rest))",
        replace: "if (written.length !== sealOf(seal, key, rest).length)",
      },
    ],
  },
  {
    name: "a listing may go up",
    edits: [
      {
        file: "lib/stores/folder.ts",
        find: '      if (prefix.split("/").some((part) => part === ".." || part === ".")) return; // no key is there',
        replace: "",
      },
    ],
  },
];
