/** A site of posts in six generators' habits, after some runs: nothing is left to do, and something to announce. */
import { publish } from "../../lib/publish/publish.ts";
import { publishUnlessAtRest } from "../../lib/publish/rest/look.ts";
import { writeAdopted } from "../../lib/state/adopted.ts";
import { readHead } from "../../lib/state/head.ts";
import { drainOutbox } from "../../lib/state/outbox.ts";
import { memoryStores, type World, world } from "../support/world.ts";
import { withFileDates } from "./files.ts";

const YAML = `title: 渠边 · Ditchside
url: https://example.com/
feeds: https://feeds.example.com/
description: 一条水渠，两种语言
language: zh-CN
languages: [zh-CN, en]
timezone: Asia/Shanghai
fileDates: true
since: 2020
authors:
  lin: { name: 林小满, email: lin@example.com }
  ada: { name: Ada, url: https://example.com/ada }
posts: [source/_posts/**, _posts/**, content/posts/**, src/content/blog/**, posts/**, notes/**]
taxonomies: [series]
limit: 5
archives: year
kinds: { tags: true, categories: false, authors: false, languages: false, sections: false, series: true }
podcast:
  channel: tags/喇叭
  categories: [Society & Culture > Documentary]
  image: https://example.com/cover.jpg
  owner: { name: 林小满, email: lin@example.com }
hubs: [https://hub.example/]
`;

const HEXO = `title: 春水
date: 2024/3/5 8:00
updated: 2024-03-06 09:30:00
abbrlink: 12e3
author: lin
tags: water
categories: [农事, 春耕]
---
渠里的水**是凉的。**早上六点，老赵来开闸。

<!-- more -->

{% note info %}
一亩地只要**二十分钟**。
{% endnote %}
`;

const JEKYLL = `---
layout: post
title: "A dry winter: what the gauge says"
last_modified_at: 2025-01-07 10:00:00 -0700
author: Rosa
---
The gauge [read nothing]({{ site.baseurl }}/gauge/) for a month. See [Spring water](../source/_posts/春水.md).
{: .lead}
`;

const HUGO = `+++
title = "First harvest"
date = 2025-08-20T10:00:00+08:00
series = ["A year"]
[cover]
image = "field.jpg"
+++
Twelve bags.

{{< figure src="field.jpg" alt="The field" >}}
`;

const ASTRO = `---
title: Nozzles
pubDate: 2026-01-10
author: ada
series: A year
---
import Callout from "../../components/Callout.astro";

<Callout>One drop **each** second.</Callout>
`;

const ELEVENTY = `---json
{ "title": "Low water", "date": "2026-03-01", "content": "summary", "permalink": "/{{ page.fileSlug }}/index.html" }
---
{% set depth = "40 cm" %}
The weir shows {{ depth }}.
`;

const NOTE = `---
date: 2026-04-02 07:00
aliases: [闸门]
id: urn:uuid:1f0c0000-0000-4000-8000-000000000001
---
[[春水]] 里的闸，换了一块板。
`;

const EPISODE = `---
title: 第一期：水闸
date: 2026-05-04 08:00
tags: 喇叭
audio: { url: https://media.example.com/one.mp3, type: audio/mpeg, length: 7654321 }
duration: "12:34"
episode: 1
---
半夜两点的水声。
`;

const STREAM = `---
title: 剧团下乡
date: 2026-05-29 08:00
tags: 喇叭
live: { start: "2026-06-20 19:00", end: "2026-06-20 21:00", url: https://live.example.com/opera.m3u8, type: application/x-mpegURL }
---
唱到第三折。
`;

/** What is there at first. */
export const CONTENT = {
  "source/_posts/春水.md": HEXO,
  "_posts/2025-01-05-a-dry-winter.md": JEKYLL,
  "content/posts/first-harvest/index.en.md": HUGO,
  "content/posts/_index.en.md": "---\ntitle: Posts\n---\nA page, and no post.\n",
  "content/posts/first-harvest/field.jpg": "no picture\n",
  "src/content/blog/nozzles.mdx": ASTRO,
  "posts/field/low-water.md": ELEVENTY,
  "notes/闸.md": NOTE,
  "posts/one.md": EPISODE,
  "posts/live.md": STREAM,
  "posts/short.md": "---\ntitle: 短视频\ndate: 2026-05-10\ntags: water\n---\n十五秒。\n",
  "posts/old-name.md": "---\ntitle: Renamed\ndate: 2026-02-02\n---\nThe words of one that is renamed.\n",
  "posts/going.md": "---\ntitle: Going\ndate: 2026-02-20\ntags: water\n---\nIt will be removed.\n",
  "posts/leaving.md": "---\ntitle: Leaving\ndate: 2026-02-21\n---\nIt will be a draft.\n",
  "posts/breaking.md": "---\ntitle: Breaking\ndate: 2026-02-22\n---\nIts last good words, and [a post](old-name.md).\n",
  "posts/left.md": "---\ntitle: Left\ndate: 2026-02-24\n---\nA draft first, then removed.\n",
  "posts/later.md": "---\ntitle: Later\ndate: 2026-07-01 08:00\n---\nOn the first of July.\n",
  "posts/passing.md": "---\ntitle: Passing\ndate: 2026-02-23\nexpires: 2027-01-01\n---\nUntil the new year.\n",
  // The catalog's list of records is cut before this key.
  "posts/note-586.md": "---\ntitle: Without a date\n---\nOf the file's date.\n",
};

const asDraft = (text: string): string => text.replace("---\n", "---\ndraft: true\n");

const FORMER = "https://old.example/?p=9";
const LEDGER = new Map([
  ["posts/short.md", { key: "posts/short.md", ids: { rss: FORMER, isPermaLink: false, atom: FORMER, json: FORMER } }],
]);

/** Runs of the packed command take this for the name of the program. */
export const BUILD = "the program that stored this";

const moment = (day: number): Date => new Date(`2026-06-0${day}T04:00:00Z`);

/** Announced after the second run, but for hubs; what the third and the fourth changed waits in the head. */
export async function siteAtRest(): Promise<World> {
  const site = await world(CONTENT, YAML, withFileDates(memoryStores(), "2026-01-20T00:00:00Z"));
  await writeAdopted(site.state, await readHead(site.state), LEDGER, "former");
  await publishAt(site, 1);
  await site.write("posts/breaking.md", "---\ntitle: [Breaking\ndate: soon\n---\nNot these words.\n");
  for (const name of ["leaving", "left"] as const)
    await site.write(`posts/${name}.md`, asDraft(CONTENT[`posts/${name}.md`]));
  await site.remove("posts/going.md");
  await publishAt(site, 2);
  await announce(site);
  await site.write("posts/new-name.md", CONTENT["posts/old-name.md"]);
  await site.remove("posts/old-name.md");
  await site.remove("posts/left.md");
  await publishAt(site, 3);
  await site.write("posts/old-name.md", "---\ntitle: Newcomer\ndate: 2026-06-01\ntags: water\n---\nAt an old key.\n");
  await site.write("posts/short.md", CONTENT["posts/short.md"].replace("十五秒", "三十秒"));
  await publishAt(site, 4);
  return site;
}

async function publishAt(site: World, day: number): Promise<void> {
  const now = moment(day);
  const { content, public: served, state, clock } = site;
  const options = { content, public: served, state, clock, now, run: `run-${day}` };
  const { refused } = await publishUnlessAtRest(options, BUILD, publish);
  if (refused) throw new Error(refused.message);
}

/** An announcer that told caches, and of hubs the one that takes nothing. */
async function announce({ state, public: served, clock }: World): Promise<void> {
  const announcer = {
    invalidate: async () => undefined,
    hubs: {
      topics: async () => ({ "https://hub.example/": ["rss.xml", "atom.xml", "feed.json"] }),
      notify: async () => undefined,
    },
  };
  const told = { announcer, by: "announcer-1", patience: 1000, log: () => undefined };
  await drainOutbox({ state, public: served, clock, ...told });
}
