/** Writing from a phone, in the template: what the CDN passes on, what the function may, what expires; and nothing of it unless it is asked for. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import picomatch from "picomatch";
import { describe, expect, test } from "vitest";
import { notesOf } from "../../infra/notes.ts";
import { keysOf } from "../../infra/postkeys.ts";
import { readSettings } from "../../infra/settings.ts";
import { allowedTo, CONFIG, deployment, listOf, named } from "./deployment.ts";
import { problemsOfTemplate, type TemplateText } from "./specification.ts";

const WRITE = { ...CONFIG, write: true };
const plain = deployment();
const made = deployment(WRITE);

const outputsOf = ({ template }: typeof made) => Object.keys(template.toJSON()["Outputs"] as object);
const propertiesOf = ({ of }: typeof made, type: string, name: string) =>
  of(type).find(([id]) => named({ Ref: id }) === name)?.[1] ?? {};
const rulesOf = (each: typeof made, bucket: string) =>
  (
    propertiesOf(each, "AWS::S3::Bucket", bucket)["LifecycleConfiguration"] as {
      readonly Rules: readonly { readonly Prefix?: string; readonly ExpirationInDays?: number }[];
    }
  ).Rules;

interface Behavior {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly [name: string]: unknown;
}
interface Origin {
  readonly Id: string;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: unknown }[];
  readonly CustomOriginConfig?: object;
}
interface DistributionConfig {
  readonly CacheBehaviors: readonly Behavior[];
  readonly Origins: readonly Origin[];
  readonly CustomErrorResponses: readonly object[];
}
const cdnOf = ({ of }: typeof made) =>
  of("AWS::CloudFront::Distribution")[0]?.[1]["DistributionConfig"] as DistributionConfig;
const behavior = cdnOf(made).CacheBehaviors.find(({ PathPattern }) => PathPattern === "/write/*");

describe("unless the config asks for it", () => {
  test("the template is that of before, to the last byte", () => {
    const text = ({ template }: typeof made) => JSON.stringify(template.toJSON());
    expect(text(deployment({ ...CONFIG, write: false }))).toBe(text(plain));
    expect(text(plain)).not.toMatch(/\bWrite[A-Z]|\/write\/|write\/|SignInRefused/);
  });

  test("and with it, all that was there is there, unchanged but for what it needs", () => {
    const changed = Object.keys(plain.resources).filter(
      (id) => JSON.stringify(plain.resources[id]) !== JSON.stringify(made.resources[id]),
    );
    expect(changed.map((id) => named({ Ref: id })).toSorted()).toEqual(["Cdn", "Content", "Dashboard", "State"]);
  });
});

test("the template with it is one that CloudFormation knows, with buckets and a distribution of the owner's, too", () => {
  const { domain: _, certificateArn: __, ...rest } = WRITE;
  const others = [
    { ...WRITE, contentBucket: "posts-of-lin" },
    { ...rest, distribution: { id: "E2QWRUHAPOMQZL" } },
  ];
  for (const each of [made, ...others.map((config) => deployment(config))]) {
    expect(problemsOfTemplate(each.template.toJSON() as TemplateText)).toEqual([]);
  }
});

describe("the CDN", () => {
  test("passes on all that is sent below /write/, by any method, and keeps nothing", () => {
    expect(behavior).toMatchObject({
      AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
      CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", // CachingDisabled
      OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac", // AllViewerExceptHostHeader
      ViewerProtocolPolicy: "redirect-to-https",
    });
    // Those of feeds would take a query from it, and show a page instead.
    expect(behavior).not.toHaveProperty("FunctionAssociations");
  });

  test("adds the secret, which is in no template", () => {
    const origin = cdnOf(made).Origins.find(({ Id }) => Id === behavior?.TargetOriginId);
    const [header] = origin?.OriginCustomHeaders ?? [];
    expect(header?.HeaderName).toBe("x-dripfeed-origin");
    expect(named(header?.HeaderValue)).toBe("{{resolve:secretsmanager:WriteSecret:SecretString:::}}");
    expect(origin?.CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: "https-only" });
  });

  test("does not keep a refusal to one person for the next", () => {
    expect(cdnOf(made).CustomErrorResponses).toEqual([
      { ErrorCachingMinTTL: 0, ErrorCode: 403 },
      { ErrorCachingMinTTL: 10, ErrorCode: 404 },
    ]);
  });

  test("of the owner's gets a behavior of theirs, by the outputs", () => {
    const { domain: _, certificateArn: __, ...rest } = WRITE;
    const given = outputsOf(deployment({ ...rest, distribution: { id: "E2QWRUHAPOMQZL" } }));
    expect(given).toEqual(expect.arrayContaining(["WriteUrl", "WriteCachePolicy", "WriteOriginRequestPolicy"]));
    expect(outputsOf(made)).not.toContain("WriteUrl");
    expect(outputsOf(made)).toEqual(expect.arrayContaining(["WritePage", "StateStore", "WriteSecretName"]));
  });
});

describe("the function", () => {
  test("may read content, write posts and media but not site.yaml, keep what it knows of who may, and nothing else", () => {
    const may = ["GetObject", "PutObject", "DeleteObject"];
    expect(allowedTo(made, "WriteRole")).toEqual(
      [
        ...["s3:GetObject Content/*", "s3:ListBucket Content", "s3:ListBucket State"],
        ...["posts/*", "_posts/*"].flatMap((keys) => [
          `s3:PutObject Content/${keys}`,
          `s3:DeleteObject Content/${keys}`,
        ]),
        ...["PutObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts"].map(
          (action) => `s3:${action} Content/media/*`,
        ),
        ...["s3:GetObject State/head.json", "s3:GetObject State/catalogs/*"],
        ...may.map((action) => `s3:${action} State/write/*`),
        "secretsmanager:GetSecretValue WriteSecret",
        ...["logs:CreateLogStream WriteLog", "logs:PutLogEvents WriteLog"],
        ...["xray:PutTelemetryRecords *", "xray:PutTraceSegments *"],
      ].toSorted(),
    );
  });

  test("may write media only where those of the site go", async () => {
    const content = await mkdtemp(join(tmpdir(), "dripfeed-hugo-"));
    const site = "title: T\nurl: https://blog.example.org/\nfeeds: https://example.com/\nsince: 2020\n";
    const mediaOf = async (more: string) => {
      await writeFile(join(content, "site.yaml"), site + more);
      return allowedTo(deployment({ ...WRITE, content }), "WriteRole").filter((line) => /AbortMultipart/.test(line));
    };
    try {
      const [of, media] = ["s3:AbortMultipartUpload Content/", "media: https://example.com/\n"];
      expect(await mediaOf("dialect: hugo\n")).toEqual([`${of}static/media/*`]);
      expect(await mediaOf(`dialect: hugo\n${media}`)).toEqual([`${of}media/*`]);
      expect(await mediaOf("dialect: hexo\n")).toEqual([`${of}media/*`, `${of}source/media/*`]);
    } finally {
      await rm(content, { recursive: true });
    }
  });

  test("answers before the CDN gives up, at the origin of the feeds, by a URL that anybody may ask", () => {
    const { Timeout, Environment } = propertiesOf(made, "AWS::Lambda::Function", "Write");
    expect(Number(Timeout)).toBeLessThan(30);
    expect(Environment).toMatchObject({ Variables: { DRIPFEED_ORIGIN: "https://example.com" } });
    expect(made.of("AWS::Lambda::Url").map(([, { AuthType }]) => AuthType)).toEqual(["NONE", "NONE"]);
  });
});

describe("buckets", () => {
  test("of the stack's own take parts of files from the page, and from no other", () => {
    expect(propertiesOf(made, "AWS::S3::Bucket", "Content")["CorsConfiguration"]).toEqual({
      CorsRules: [
        {
          AllowedHeaders: ["content-type"],
          AllowedMethods: ["PUT"],
          AllowedOrigins: ["https://example.com"],
          ExposedHeaders: ["ETag"],
          MaxAge: 3600,
        },
      ],
    });
    for (const each of ["Public", "State", "Logs"])
      expect(propertiesOf(made, "AWS::S3::Bucket", each)).not.toHaveProperty("CorsConfiguration");
  });

  test("lose what is of use for a while only, and no device, no token", () => {
    const kept = rulesOf(made, "State").filter(({ Prefix }) => Prefix?.startsWith("write/"));
    expect(Object.fromEntries(kept.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays]))).toEqual({
      ...{ "write/challenges/": 1, "write/codes/": 2, "write/grants/": 1 },
      ...{ "write/uploads/": 2, "write/created/": 60, "write/posts/": 60 },
    });
  });
});

describe("keys of posts", () => {
  test.each<readonly [globs: readonly string[], keys: readonly string[]]>([
    [
      ["posts/**", "_posts/**"],
      ["posts/*", "_posts/*"],
    ],
    [
      ["_posts/**", "**/_posts/**"],
      ["_posts/*", "*_posts/*"],
    ],
    [["src/content/{blog,notes}/**/*.md"], ["src/content/*/*.md"]],
    [["posts/**", "posts/2026/*.md"], ["posts/*"]],
    [["content/p[ao]st?/@(a|b)/x.md"], ["content/p*st?/*/x.md"]],
    [["posts/{a,{b,c}}/x.md"], ["posts/*/x.md"]],
    [["**"], ["*"]],
    [["!drafts/**"], ["*"]],
  ])("of %j are %j", (globs, keys) => {
    expect(keysOf(globs)).toEqual(keys);
  });

  test("are all that the globs take, whatever they are", () => {
    const part = fc.constantFrom("posts", "a.md", "**", "*", "?", "b-c", "{a,posts}", "[ab]", "田", "*.md");
    const name = fc.constantFrom("posts", "a.md", "a", "b-c", "田", "b", "2026");
    const iam = (pattern: string) =>
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replaceAll("*", "[^]*")
          .replaceAll("?", "[^]")}$`,
        "u",
      );
    const path = <T extends string>(parts: fc.Arbitrary<T>) =>
      fc.array(parts, { minLength: 1, maxLength: 4 }).map((all) => all.join("/"));
    fc.assert(
      fc.property(fc.array(path(part), { minLength: 1, maxLength: 3 }), path(name), (globs, key) => {
        if (!picomatch(globs, { dot: true })(key)) return;
        // To picomatch `posts/**` is also the folder itself, which is no file.
        if (globs.some((glob) => glob.endsWith("/**") && picomatch(glob.replace(/(?:\/\*\*)+$/, ""))(key))) return;
        expect(keysOf(globs).some((pattern) => iam(pattern).test(key))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("an owner is told", () => {
  const settings = readSettings(WRITE, 2026);

  test("that pictures would not be where posts say", () => {
    const elsewhere = { ...settings, site: { ...settings.site, media: "https://blog.example.org/" } };
    expect(notesOf(elsewhere).join("\n")).toMatch(/^note: .*media: https:\/\/example\.com\/ there/m);
    const here = { ...settings, site: { ...settings.site, media: "https://example.com/" } };
    expect(notesOf(here).join("\n")).not.toMatch(/media in site\.yaml/);
  });

  test("that pictures wait for the website, where that serves them", () => {
    const site = {
      ...settings.site,
      dialect: "hugo",
      posts: ["content/**"],
      url: "https://blog.example.org/",
    } as const;
    const own = notesOf({ ...settings, site: { ...site, media: site.url } }).join("\n");
    expect(own).toMatch(
      /^note: .*https:\/\/blog\.example\.org\/media\/, which your website serves from static\/media\/ once/m,
    );
    const here = notesOf({ ...settings, site: { ...site, media: "https://example.com/" } }).join("\n");
    expect(here).not.toContain("/media/");
  });

  test("that a bucket of theirs needs a rule for uploads", () => {
    expect(notesOf({ ...settings, contentBucket: "posts-of-lin" }).join("\n")).toMatch(/^note: posts-of-lin is yours/m);
  });
});

test("the dashboard shows the refused, and every alarm", () => {
  const [[, { DashboardBody }] = ["", {}]] = made.of("AWS::CloudWatch::Dashboard");
  const text = JSON.stringify(DashboardBody);
  expect(text).toContain("SignInRefused");
  for (const [id] of made.of("AWS::CloudWatch::Alarm")) expect(text).toContain(id);
});

test("each alarm of it tells that it has ended", () => {
  const own = made.of("AWS::CloudWatch::Alarm").filter(([id]) => /^(?:WriteErrors|SignInRefused)/.test(id));
  expect(own).toHaveLength(2);
  for (const [, { OKActions, AlarmActions }] of own)
    expect([named(listOf(OKActions)[0]), named(listOf(AlarmActions)[0])]).toEqual(["Alarms", "Alarms"]);
});
