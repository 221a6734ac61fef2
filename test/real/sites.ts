/** Sites whose pages a browser looks at: one in English, one in Chinese, and pages with everything that can be on one. */
import { renderPage } from "../../lib/formats/page.ts";
import type { Media } from "../../lib/model.ts";
import { sampleChannel, sampleItem, sampleListing, samplePage } from "../formats/samples.ts";
import { post, type World, world } from "../support/world.ts";

const ENGLISH: readonly (readonly [front: { readonly [key: string]: string }, body: string])[] = [
  [
    {
      title: "Water that arrives",
      tags: "[water, drip irrigation, RSS]",
      categories: "[[Field, Water]]",
      author: "Ada",
    },
    "A drip line gives each melon what it asks for, and no more. The same can be said of a feed for each tag.",
  ],
  [
    { title: "The unread count", tags: "[RSS, reading]", categories: "[[Reading]]", author: "Lin" },
    "There is a number beside every feed. We have come to think that it should not be there, or not in bold at any rate.",
  ],
  [
    { title: "九点半", lang: "zh-CN", tags: "[乡村, 阅读]", categories: "[[Reading]]", author: "Lin" },
    "村口的大喇叭每天早上九点半准时响起，先放一段音乐，再念一遍通知。",
  ],
  [
    { title: "Moving without reposting everything that was ever written", tags: "[RSS, identity]", author: "Ada" },
    "When the site moves, the ids do not. Nobody who reads it sees anything twice.",
  ],
  [
    { title: "Once more round the field", tags: "[water]", author: "Ada" },
    "A note, written while walking round the field once more before dark.",
  ],
];

export const englishSite = (feeds: string): Promise<World> =>
  publishedSite(ENGLISH, {
    ...{ title: "Dripfeed Field Notes", url: "https://example.com/", feeds, timezone: "Asia/Shanghai" },
    description:
      "Two people at the edge of a melon field, writing about feeds, water and the small screens of a village.",
  });

const CHINESE: typeof ENGLISH = [
  [
    { title: "精准滴灌", tags: "[滴灌, 订阅, 阅读器]", categories: "[[田野, 灌溉]]", author: "林小满" },
    "大水漫灌的时候，水渠边的人喝饱了，地头的人还渴着。滴灌不一样：每一株瓜要多少，就给多少。",
  ],
  [
    { title: "我给阅读器写过一个过滤器", tags: "[阅读器, 订阅]", categories: "[[软件]]", author: "林小满" },
    "那年夏天未读数到了四位，我写了一个过滤器，把标题里带“重磅”二字的都拦在外面。",
  ],
  [
    { title: "村口的大喇叭", tags: "[乡村]", categories: "[[田野]]", author: "陈阿婆" },
    "大喇叭是村里最早的订阅：不用注册，也没有算法，响的时候全村都听得见。",
  ],
  [
    { title: "RSS 往事", tags: "[订阅, RSS]", categories: "[[软件]]", author: "林小满" },
    "二〇〇五年的订阅按钮是橙色的。",
  ],
  [
    { title: "霜降以后", tags: "[乡村, 滴灌]", categories: "[[田野, 灌溉]]", author: "陈阿婆" },
    "霜降以后瓜棚就空了，管子要收起来，水要放干净。",
  ],
];

export const chineseSite = (feeds: string): Promise<World> =>
  publishedSite(CHINESE, {
    ...{ title: "瓜田札记", url: "https://example.com/", feeds, language: "zh-CN", timezone: "Asia/Shanghai" },
    description: "田边的两个人，慢慢地写：订阅、灌溉、阅读，还有村里的小屏幕。",
  });

async function publishedSite(posts: typeof ENGLISH, site: { readonly [key: string]: string }): Promise<World> {
  const files = posts.map(([front, body], i) => {
    return [`posts/${i}.md`, post({ date: `2026-05-${20 + i}T08:00:00Z`, ...front }, `${body}\n`)];
  });
  const lines = Object.entries({ ...site, since: "2020" }).map(([key, value]) => `${key}: ${value}`);
  const built = await world(Object.fromEntries(files), `${lines.join("\n")}\n`);
  const { refused, problems } = await built.publish();
  if (refused || problems.length > 0) throw new Error(JSON.stringify({ refused, problems }));
  return built;
}

const media = (medium: "audio" | "video", url: string, more: Partial<Media>): Media => ({
  ...{ url, type: `${medium}/mp4`, length: 1, medium, alternates: [], ...more },
});
const stream = (start: string) => ({ start, url: "https://example.com/live", type: "application/x-mpegURL" });

/**
 * Hand-made pages by path, of a site at `url`: pictures, streams in every state, recordings, long names, many channels, a
 * script from right to left.
 */
export function samplePages(url: string): ReadonlyMap<string, string> {
  const [image, thumbnail] = [`${url}media/field.svg`, `${url}media/drop.svg`];
  const streams = [
    sampleItem({ entry: { title: "Harvest, seen from the shed", live: stream("2026-06-01T11:00:00Z") }, live: "live" }),
    sampleItem({ entry: { title: "Questions and answers", live: stream("2026-06-07T11:30:00Z") }, live: "pending" }),
  ];
  const items = [
    sampleItem({
      entry: {
        ...{ title: "What we plant in autumn", image, authors: [{ name: "Ada Moreau" }] },
        media: [media("audio", `${url}media/a.m4a`, { duration: 1925 })],
      },
    }),
    ...streams,
    sampleItem({
      entry: {
        ...{ title: "Laying the drip line", live: stream("2026-05-01T11:00:00Z") },
        media: [media("video", `${url}media/v.mp4`, { duration: 41, width: 360, height: 640, thumbnail })],
      },
      live: "ended",
    }),
    sampleItem({
      entry: { title: "Seen elsewhere", media: [media("video", "https://elsewhere.example/v.mp4", { duration: 900 })] },
    }),
    sampleItem({ entry: { title: "مرحبا بالعالم (2026)", language: "ar", summary: "كلمات قليلة عن الماء.", image } }),
    sampleItem({
      entry: { title: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ".repeat(3) },
    }),
    sampleItem({
      entry: { title: "", summary: "The first frost came in the night, and nobody had covered the seedlings." },
    }),
    sampleItem({ entry: { title: "", summary: "" } }),
  ];
  const listings = [
    sampleListing("channels/weekly", 12, { title: "Field notes, the weekly letter" }),
    ...["categories/Field", "categories/Field/Water", "categories/Field/Water/Drip", "categories/Tools"].map(
      (key, i) => {
        return sampleListing(key, 900 - i);
      },
    ),
    ...Array.from({ length: 3000 }, (_, i) => sampleListing(`tags/tag number ${i}`, 3000 - i)),
    sampleListing("languages/中文（中国）", 4, { language: "zh-CN" }),
    sampleListing("languages/العربية", 4, { language: "ar" }),
  ];
  const title =
    "A very long title of a site whose owner wanted to say everything at once, and then a little more than that";
  const chinese = sampleChannel("tags/灌溉", { language: "zh-CN", title: "瓜田札记：灌溉" });
  const site = { url, media: url };
  const arabic = { language: "ar", title: "ملاحظات الحقل", description: "ملاحظات عن الماء والحقول." };
  return new Map([
    ["everything/", renderPage(samplePage({ site, items, streams, listings }))],
    ["arabic/", renderPage(samplePage({ site, items, streams, listings, channel: sampleChannel("site", arabic) }))],
    ["podcast/", podcastPage(url)],
    [
      "long/",
      renderPage(
        samplePage({
          items,
          listings: listings.slice(0, 305),
          site: { ...site, title, color: "#f5d90a" },
          channel: sampleChannel("site", { title }),
        }),
      ),
    ],
    [
      "decoded/",
      renderPage(
        samplePage({
          items: [],
          site: { title: "瓜田札记", url: "https://xn--5cxq2a.example/" },
          channel: chinese,
          feeds: "https://xn--5cxq2a.example/feeds/",
        }),
      ),
    ],
    ["category/", renderPage(samplePage({ site, items, channel: sampleChannel("categories/Field/Water/Drip") }))],
    ["empty/", renderPage(samplePage({ items: [], channel: sampleChannel("tags/quiet", { formats: ["rss"] }) }))],
  ]);
}

function podcastPage(url: string): string {
  const image = `${url}media/field.svg`;
  const more = { funding: [], persons: [], categories: [], explicit: false, isLimited: false };
  const color = "#c2185b";
  const podcast = { channel: "tags/listen", image, medium: "podcast", type: "episodic", ...more } as const;
  const transcripts = [{ url: `${url}media/a.vtt`, type: "text/vtt" }];
  const items = ["Water arrives", "Valve three"].map((title, i) => {
    const heard = [media("audio", `${url}media/${i}.m4a`, { duration: 1925 })];
    return sampleItem({ entry: { title, media: heard, episode: { transcripts, persons: [] } } });
  });
  return renderPage(
    samplePage({ site: { url, media: url, podcast, color }, items, channel: sampleChannel("tags/listen") }),
  );
}
