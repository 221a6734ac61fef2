/** The recipes of docs/ci, run as far as no network is needed: ids stay, feeds are well-formed, and the generator's pages are as it wrote them. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { BLOGS, type Blog, POST, plainBlog } from "./blogs.ts";
import { type Job, PUBLISHING, readNetlify, readWorkflow, siteUnder, WORKFLOWS } from "./recipes.ts";
import { filesOf, hostedBlog } from "./runner.ts";

/** The major of each action that the recipes are written for. */
const ACTIONS = [
  ...["actions/checkout@v4", "actions/setup-node@v4", "actions/cache@v4"],
  ...["actions/upload-pages-artifact@v3", "actions/deploy-pages@v4", "peaceiris/actions-hugo@v3", "ruby/setup-ruby@v1"],
  ...["cloudflare/wrangler-action@v3", "aws-actions/configure-aws-credentials@v4"],
];

describe.each(WORKFLOWS)("%s", (path) => {
  const workflow = readWorkflow(path);
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test("uses actions by a major that is known", () => {
    expect(jobs.map((job) => job["runs-on"])).toEqual(jobs.map(() => "ubuntu-latest"));
    expect(steps.flatMap(({ uses }) => (uses && !ACTIONS.includes(uses) ? [uses] : []))).toEqual([]);
    expect(steps.filter(({ uses, run }) => (uses === undefined) === (run === undefined))).toEqual([]);
  });

  test("has shell that can be parsed", () => {
    for (const { run } of steps) if (run !== undefined) execFileSync("bash", ["-n", "-c", run]);
  });
});

test.each(PUBLISHING)("%s checks pull requests, and publishes only what is on main", (path) => {
  const { on, jobs } = readWorkflow(path);
  expect(on).toMatchObject({ push: { branches: ["main"] }, pull_request: null });
  const [first] = Object.values(jobs);
  expect(first?.steps.map(({ run }) => run).join("\n")).toContain("check --github");
  expect(readFileSync(path, "utf8")).toContain("if: github.event_name != 'pull_request'");
});

function jobOf(path: string, name: string): Job {
  const job = readWorkflow(path).jobs[name];
  if (!job) throw new Error(`${path} has no job ${name}`);
  return job;
}

/** Title and id of each entry of the site's JSON feed. */
function idsOf(output: string): { readonly [title: string]: string } {
  const { items } = JSON.parse(readFileSync(join(output, "feed.json"), "utf8")) as {
    items: readonly { id: string; title: string }[];
  };
  return Object.fromEntries(items.map(({ id, title }) => [title, id]));
}

function expectWellFormed(output: string): void {
  const feeds = [...filesOf(output)].filter(([path]) => path.endsWith(".xml"));
  expect(feeds.length).toBeGreaterThan(3);
  for (const [path, xml] of feeds) {
    const parser = new SaxesParser({ xmlns: true });
    parser.on("error", (error) => expect.fail(`${path}: ${error.message}`));
    parser.write(xml).close();
  }
}

function expectPagesOf(blog: Blog, output: string): void {
  expect(
    Object.fromEntries(Object.keys(blog.pages).map((path) => [path, readFileSync(join(output, path), "utf8")])),
  ).toEqual(blog.pages);
  const names = readdirSync(output, { recursive: true, encoding: "utf8" });
  // GitHub Pages takes no archive with links in it, and hidden files would be published.
  expect(names.filter((name) => /(^|\/)\./.test(name))).toEqual([]);
  expect(names.map((name) => statSync(join(output, name))).filter((stat) => stat.isFile() && stat.nlink > 1)).toEqual(
    [],
  );
}

describe.concurrent.each(BLOGS)("GitHub Pages: $heading", (blog) => {
  test("every id is kept when a post is renamed, with the cache and without it", async ({ expect }) => {
    const hosted = await hostedBlog(blog, siteUnder(blog.heading));
    try {
      const job = jobOf(blog.recipe, "publish");
      const first = await hosted.runner(job, {});
      const before = idsOf(join(first, blog.output));
      expect(Object.keys(before).sort()).toEqual(["The gate", "The weir"]);
      expectPagesOf(blog, join(first, blog.output));
      expectWellFormed(join(first, blog.output));
      for (const path of blog.feeds) {
        expect(readFileSync(join(first, blog.output, path), "utf8")).toContain(before["The weir"]);
      }

      await hosted.rename();
      const second = await hosted.runner(job, {}, first);
      expect(idsOf(join(second, blog.output))).toEqual(before);

      const third = await hosted.runner(job, {});
      expect(idsOf(join(third, blog.output))).toEqual(before);
      expectPagesOf(blog, join(third, blog.output));
      expect(filesOf(join(third, blog.output))).toEqual(filesOf(join(second, blog.output)));
      const log = await hosted.git(third, "log", "--format=%s", "origin/main");
      expect(log.stdout.split("\n").filter((subject) => subject === "Ids of new posts")).toHaveLength(2);
    } finally {
      await hosted.remove();
    }
  });
});

test.each([
  ["timezone: 'Asia/Shanghai'\n", "Asia/Shanghai"],
  ['title: a\ntimezone: "Etc/GMT+8" # as written\nurl: x\n', "Etc/GMT+8"],
  ["timezone: America/Argentina/Buenos_Aires\r\n", "America/Argentina/Buenos_Aires"],
  ["timezone: ''\n", ""],
  ["title: a\n", ""],
])("Hexo builds in the time zone of its configuration %j, in which Dripfeed makes addresses", (config, timezone) => {
  const build = jobOf("docs/ci/hexo.yml", "publish").steps.find(({ run }) => run?.includes("hexo generate"))?.run ?? "";
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-ci-"));
  writeFileSync(join(folder, "_config.yml"), config);
  const shell = `npx() { echo "$* in $TZ"; }\n${build}`;
  expect(execFileSync("bash", ["--norc", "-ec", shell], { cwd: folder, encoding: "utf8" })).toBe(
    `hexo generate in ${timezone}\n`,
  );
  rmSync(folder, { recursive: true });
});

test("a build in the same folder, which may remove the feeds, is followed by a publish that puts them again", async () => {
  for (const blog of BLOGS.filter(({ heading }) => ["Hexo", "Jekyll"].includes(heading))) {
    const hosted = await hostedBlog(blog, siteUnder(blog.heading));
    const job = jobOf(blog.recipe, "publish");
    const checkout = await hosted.runner(job, {});
    const before = filesOf(join(checkout, blog.output));
    for (const step of job.steps) await hosted.step(checkout, step);
    expect(filesOf(join(checkout, blog.output))).toEqual(before);
    await hosted.remove();
  }
});

test.each([...BLOGS.map(({ recipe }) => recipe), "docs/ci/s3.yml"])(
  "%s passes a pull request with a warning, not one with an error",
  async (recipe) => {
    const blog = BLOGS.find((each) => each.recipe === recipe) ?? plainBlog("S3 alone");
    const yaml = siteUnder(blog.heading);
    const warned = await hostedBlog(blog, `${yaml}taxonomies: [series]\n`);
    await expect(warned.runner(jobOf(recipe, "check"), {})).resolves.toContain("runner0");
    await warned.remove();
    const wrong = await hostedBlog(blog, `${yaml}titel: x\n`);
    await expect(wrong.runner(jobOf(recipe, "check"), {})).rejects.toMatchObject({
      stdout: expect.stringContaining("::error"),
    });
    await wrong.remove();
  },
);

test("without a generator media are deployed beside the feeds, whose page is the home page", async () => {
  const blog = BLOGS.find(({ heading }) => heading === "Without a generator") ?? expect.fail();
  const hosted = await hostedBlog(blog, siteUnder(blog.heading));
  await hosted.rename("mkdir media && echo sound > media/weir.mp3");
  const output = join(await hosted.runner(jobOf(blog.recipe, "publish"), {}), blog.output);
  expect(readFileSync(join(output, "media/weir.mp3"), "utf8")).toBe("sound\n");
  expect(readFileSync(join(output, "index.html"), "utf8")).toContain("The gate");
  await hosted.remove();
});

describe("other hosts", () => {
  test("Netlify: one command builds and publishes, and ids.jsonl alone keeps the ids", async () => {
    const blog = plainBlog("Netlify");
    const hosted = await hostedBlog(blog, siteUnder(blog.heading));
    const exported = "npx dripfeed publish --content . --public public && npx dripfeed ids export --content .";
    expect(readFileSync("docs/ci.md", "utf8").replaceAll("\n", " ")).toContain(exported);
    await hosted.step(join(hosted.root, "author"), { run: exported });
    const before = idsOf(join(hosted.root, "author/public"));
    await hosted.rename(exported);
    const checkout = await hosted.runner(readNetlify("docs/ci/netlify.toml"), {});
    expect(Object.keys(before).sort()).toEqual(["The gate", "The weir"]);
    expect(idsOf(join(checkout, "public"))).toEqual(before);
    expectPagesOf(blog, join(checkout, "public"));
    await hosted.remove();
  });

  test("Cloudflare Pages: the folder that is deployed holds pages and feeds", async () => {
    const blog = plainBlog("Netlify");
    const hosted = await hostedBlog(blog, siteUnder(blog.heading));
    const checkout = await hosted.runner(jobOf("docs/ci/cloudflare-pages.yml", "publish"), {});
    expect(Object.keys(idsOf(join(checkout, "public")))).toHaveLength(2);
    expectPagesOf(blog, join(checkout, "public"));
    expect(readdirSync(join(checkout, "public"))).toEqual(expect.arrayContaining(["_headers", "_redirects"]));
    await hosted.remove();
  });

  test("a server of one's own: rsync copies pages and feeds, and the key is nobody else's to read", async () => {
    const blog = plainBlog("A server of your own");
    const hosted = await hostedBlog(blog, siteUnder(blog.heading));
    const checkout = await hosted.runner(jobOf("docs/ci/rsync.yml", "publish"), {});
    expect(filesOf(join(hosted.elsewhere, "server"))).toEqual(filesOf(join(checkout, "public")));
    expect(readdirSync(join(hosted.elsewhere, "server"))).toContain("dripfeed.nginx.conf");
    expect(statSync(join(hosted.root, "home/.ssh/id_ed25519")).mode & 0o777).toBe(0o600);
    await hosted.remove();
  });

  test.each(["docs/ci/s3.yml", "docs/ci/r2.yml"])(
    "%s: a second run finds in its bucket what the first one knew",
    async (recipe) => {
      const hosted = await hostedBlog(plainBlog("S3 alone"), siteUnder("S3 alone"));
      const job = jobOf(recipe, "publish");
      await hosted.runner(job, {});
      const before = idsOf(join(hosted.elsewhere, "feeds"));
      expect(Object.keys(before)).toHaveLength(2);
      await hosted.rename();
      await hosted.runner(job, {});
      expect(idsOf(join(hosted.elsewhere, "feeds"))).toEqual(before);
      expect(existsSync(join(hosted.elsewhere, "state/blog"))).toBe(true);
      await hosted.remove();
    },
  );

  describe("AWS with the stack: a pull", () => {
    const blog = { ...plainBlog("S3 alone"), post: "content/posts/weir.md", second: "content/posts/gate.md" };
    const job = jobOf("docs/ci/pull.yml", "pull");
    const { jobs } = readWorkflow(".github/workflows/publish.yml");

    /** The blog is pushed as its workflow does, and `store` is where that put it. */
    async function open() {
      const hosted = await hostedBlog(blog, siteUnder("S3 alone"));
      await hosted.git(hosted.author, "mv", "site.yaml", "content/site.yaml");
      await hosted.rename();
      const pushes = jobs["publish"]?.steps.filter(({ run }) => run?.includes("push")) ?? [];
      const store = join(hosted.elsewhere, "content");
      const request = () => readFileSync(join(hosted.elsewhere, "pullrequest"), "utf8");
      return {
        hosted,
        store,
        request,
        pushAgain: () =>
          hosted.runner({ "runs-on": "", steps: pushes }, readWorkflow(".github/workflows/publish.yml").env),
        merge: async () => {
          await hosted.git(hosted.author, "pull", "--no-rebase", "--no-edit", "origin", "main");
          await hosted.git(hosted.author, "pull", "--no-rebase", "--no-edit", "origin", "dripfeed-pull");
          await hosted.git(hosted.author, "push", "origin", "main", ":dripfeed-pull");
          rmSync(join(hosted.elsewhere, "pullrequest"));
        },
      };
    }

    test("opens a pull request once, goes on with its branch, and after the merge neither push nor pull does anything", async () => {
      const { hosted, store, request, pushAgain, merge } = await open();
      await pushAgain();
      const before = filesOf(hosted.elsewhere);
      await hosted.runner(job, {});
      expect(filesOf(hosted.elsewhere)).toEqual(before);
      writeFileSync(join(store, "posts/phone.md"), POST.replace("The weir", "By phone"));
      await hosted.runner(job, {});
      expect(request()).toContain("bring  posts/phone.md  new");
      writeFileSync(join(store, "posts/gate.md"), `${readFileSync(join(store, "posts/gate.md"), "utf8")}By phone.\n`);
      await hosted.runner(job, {});
      expect(request()).not.toContain("posts/gate.md"); // a second one would be beside the first
      await pushAgain();
      expect(readFileSync(join(store, "posts/gate.md"), "utf8")).toContain("By phone.");
      await merge();
      const merged = filesOf(join(hosted.author, "content"));
      expect(merged.get("posts/phone.md")).toContain("By phone");
      expect(merged.get("posts/gate.md")).toContain("By phone.");
      await pushAgain();
      await hosted.runner(job, {});
      expect(existsSync(join(hosted.elsewhere, "pullrequest"))).toBe(false);
      expect(readFileSync(join(store, "posts/phone.md"), "utf8")).toBe(merged.get("posts/phone.md"));
      await hosted.remove();
    });

    test("merges what git can, and asks a person for the rest in the pull request", async () => {
      const { hosted, store, request, pushAgain, merge } = await open();
      await pushAgain();
      const [weir, gate] = ["posts/old-weir.md", "posts/gate.md"];
      const edit = (folder: string, key: string, from: string, to: string) =>
        writeFileSync(join(folder, key), readFileSync(join(folder, key), "utf8").replace(from, to));
      edit(store, weir, "Words on the weir.", "Words by phone.");
      edit(store, gate, "Words on the weir.", "Words by phone.");
      const author = join(hosted.author, "content");
      await hosted.change(() => {
        edit(author, weir, "tags: [water]", "tags: [water, stone]");
        edit(author, gate, "Words on the weir.", "Words by the author.");
      });
      await hosted.runner(job, {});
      expect(request()).toContain(`bring  ${weir}  merged`);
      expect(request()).toContain(`conflict: ${gate} was changed here and in the store, in the same lines`);
      await merge();
      expect(readFileSync(join(author, weir), "utf8")).toMatch(/stone[\s\S]*by phone/);
      const [aside = ""] = [...filesOf(author).keys()].filter((path) => path.startsWith(".pulled/conflicts/"));
      expect(readFileSync(join(author, aside), "utf8")).toContain("Words by phone.");
      await hosted.change(() => {
        edit(author, gate, "by the author", "by the author and by phone");
        rmSync(join(author, aside));
      });
      await pushAgain();
      expect(readFileSync(join(store, gate), "utf8")).toContain("Words by the author and by phone.");
      expect(readFileSync(join(store, weir), "utf8")).toMatch(/stone[\s\S]*by phone/);
      await hosted.remove();
    });
  });

  test("AWS with the stack: pushes, publishes, and shows the report", async () => {
    const blog = { ...plainBlog("S3 alone"), post: "content/posts/weir.md", second: "content/posts/gate.md" };
    const hosted = await hostedBlog(blog, siteUnder("S3 alone"));
    await hosted.git(join(hosted.root, "author"), "mv", "site.yaml", "content/site.yaml");
    await hosted.rename();
    const path = ".github/workflows/publish.yml";
    await hosted.runner(jobOf(path, "publish"), readWorkflow(path).env);
    expect(readFileSync(join(hosted.root, "summary"), "utf8")).toMatch(/2 posts public; \d+ put, 0 removed/);
    await hosted.remove();
  });
});
