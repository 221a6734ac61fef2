/**
 * A person's machine for the commands of one section: a checkout of Dripfeed with a small site, and a Hexo blog beside it.
 *
 * What would be installed is there already, a generator builds one page, buckets are folders, and feeds on the web are files.
 */
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const SITE = "title: Field notes\nurl: https://example.com/\nsince: 2016\n";
const POST = "---\ntitle: Hello\ndate: 2024-10-15 08:20:00\n---\n\nThe first post.\n";
const LOG_LINE =
  '192.0.2.1 - - [15/Oct/2024:09:00:00 +0000] "GET /rss.xml HTTP/1.1" 200 900 "-" "Feedbin feed-id:1 - 142 subscribers"\n';
const ITEM = { id: "https://example.com/hello", url: "https://example.com/2024/10/15/hello/", title: "Hello" };

const FILES: { readonly [path: string]: string } = {
  "checkout/content/site.yaml": SITE,
  "checkout/content/posts/hello.md": POST,
  "blog/_config.yml": "title: Field notes\nurl: https://example.com\nlanguage: en\ntimezone: UTC\n",
  "blog/package.json": '{ "dependencies": { "hexo": "^7.0.0" } }',
  "blog/source/_posts/hello.md": POST,
  "blog/content/site.yaml": SITE,
  "blog/content/posts/hello.md": POST,
  "s3/my-content/blog/site.yaml": SITE,
  "s3/my-content/blog/posts/hello.md": POST,
  "logs/web1/access.log": LOG_LINE,
  "logs/web2/access.log": LOG_LINE,
  "web/feed.json": JSON.stringify({
    ...{ version: "https://jsonfeed.org/version/1.1", title: "Field notes" },
    items: [{ ...ITEM, content_text: "The first post.", date_published: "2024-10-15T08:20:00Z" }],
  }),
  "web/atom.xml": `<feed xmlns="http://www.w3.org/2005/Atom"><title>Field notes</title><id>f</id><entry>
    <id>${ITEM.id}</id><link href="${ITEM.url}"/><title>Hello</title><updated>2024-10-15T08:20:00Z</updated></entry></feed>`,
  "web/rss.xml": `<rss version="2.0"><channel><title>Field notes</title><item>
    <guid>${ITEM.id}</guid><link>${ITEM.url}</link><title>Hello</title></item></channel></rss>`,
};

/** Programs that stand in for those of a person's machine. `dripfeed` and `npm run` are the real ones. */
const PROGRAMS: { readonly [name: string]: string } = {
  dripfeed: `exec "$NODE" "$CHECKOUT/lib/dripfeed.js" "$@"`,
  npm: `case "$1" in ci | install) ;; *) exec "$NPM" "$@" ;; esac`,
  npx: `case "$*" in
    "hexo generate") mkdir -p public && echo '<p>Hello</p>' > public/index.html ;;
    "hexo deploy") [[ -s public/rss.xml ]] ;;
    "dripfeed "*) exec dripfeed "\${@:2}" ;;
    "--package node@"*" --package ./dripfeed-"*" dripfeed "*) exec dripfeed "\${@:6}" ;;
    *) echo "no stand-in for npx $*" >&2; exit 64 ;;
  esac`,
  aws: `[[ "$1 $2" == "lambda invoke" ]] && exec dripfeed publish --content "$DRIPFEED_STORE" --json > "\${!#}"`,
};

export interface Machine {
  /** Fails where the commands do; resolves to what they print. */
  readonly run: (commands: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** With `isNew` the blog has no site.yaml yet. */
export async function personsMachine(isNew: boolean): Promise<Machine> {
  const root = await mkdtemp(join(tmpdir(), "dripfeed-docs-"));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  for (const [path, text] of Object.entries(FILES)) await write(path, text);
  if (!isNew) await write("blog/site.yaml", `${SITE}dialect: hexo\n`);
  for (const [name, script] of Object.entries(PROGRAMS)) {
    await write(`bin/${name}`, `#!/bin/bash\n${script}\n`);
    await chmod(join(root, "bin", name), 0o755);
  }
  for (const name of ["lib", "functions", "node_modules"]) await symlink(resolve(name), join(root, "checkout", name));
  await cp("package.json", join(root, "checkout/package.json"));
  await cp(join(root, "web"), join(root, "checkout/old"), { recursive: true });
  const { stdout: npm } = await run("bash", ["-c", "command -v npm"]);

  const env = {
    PATH: `${join(root, "bin")}:${process.env["PATH"]}`,
    HOME: root,
    NODE: process.execPath,
    NPM: npm.trim(),
    CHECKOUT: process.cwd(),
    npm_config_update_notifier: "false",
    DRIPFEED_STORE: join(root, "s3/store"),
    DRIPFEED_FUNCTION: "rebuild",
  };
  return {
    async run(commands) {
      const here = commands
        .replaceAll("s3://", `${join(root, "s3")}/`)
        .replaceAll(/https:\/\/\S+\/(feed\.json|atom\.xml|rss\.xml)/g, (_, name: string) => join(root, "web", name));
      const isInCheckout = /\bnpm (?:ci|start|run|test)\b/.test(commands);
      const cwd = join(root, isInCheckout ? "checkout" : "blog");
      const { stdout } = await run("bash", ["--norc", "-euo", "pipefail", "-c", here], { cwd, env });
      return stdout;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
