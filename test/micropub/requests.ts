/** Posts as phones send them: what `golden/` shows as files of each generator. */
export const REQUESTS: { readonly [name: string]: { readonly [property: string]: readonly unknown[] } } = {
  article: {
    name: ["田边的直播: 第 1 场 & <预告>"],
    summary: ["手机成为新农具"],
    content: ["滴灌，不是大水漫灌。\n\n<!-- more -->\n\n**今天**的收成：\n\n- 番茄\n- 黄瓜"],
    category: ["短视频", "C++", "true", "a, b"],
    "mp-channel": ["田野/北坡"],
    published: ["2026-05-30T08:15:00+08:00"],
    lang: ["zh-Hans"],
  },
  note: { content: ["First rain since March.\n---\nThe weir is open."] },
  photo: {
    content: ["The gate"],
    photo: [
      { value: "https://media.example.com/media/2026/06/gate.jpg", alt: 'A "gate": red' },
      "https://example.org/b.png",
    ],
    location: ["geo:37.78,-122.41"],
  },
  video: {
    name: ["Portrait"],
    content: ["A short film."],
    video: [
      {
        value: "https://media.example.com/media/2026/06/a.mp4",
        type: "video/mp4",
        size: 6_291_456,
        width: 720,
        height: 1280,
        duration: 31.4,
        poster: "https://media.example.com/media/2026/06/a.jpg",
        alt: "Water runs down the furrow",
      },
    ],
  },
  sound: { name: ["Rain"], content: ["Listen."], audio: ["https://media.example.com/media/2026/06/rain.mp3"] },
  reply: { content: ["I agree"], "in-reply-to": ["https://example.org/post"] },
  bookmark: {
    name: ["Drip irrigation"],
    "bookmark-of": ["https://example.org/drip"],
    "mp-slug": ["../../Drip Lines!"],
  },
  live: {
    name: ["Harvest, live"],
    live: [{ url: "https://example.org/stream", status: "live", start: "2026-06-01T20:00:00+08:00" }],
  },
  draft: { name: ["Later"], content: ["Not yet."], "post-status": ["draft"] },
  unlisted: { name: ["By link"], content: ["For those who know."], visibility: ["unlisted"] },
  private: { name: ["Mine"], content: ["For me."], visibility: ["private"] },
  future: { name: ["Tomorrow"], content: ["Soon."], published: ["2026-06-02T09:00:00+08:00"] },
  templates: {
    name: ["{{ title }} and {% tag %}"],
    content: [
      "Typed {{ page.title }}, {% include x %}, {{< youtube id >}}, {#id} and [[note]].\n\n```liquid\n{{ code }}\n{% tag %}\n{{< x >}}\n{{ call(a=1) }}\n```\n\nIn a line `{{ x }}`, <b>no tag</b> and &copy;.",
    ],
  },
  html: { name: ["HTML"], content: [{ html: "<p>One <b>bold</b></p>\n\n<pre>a\n\n{{ b }}</pre>" }] },
};
