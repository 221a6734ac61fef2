/** Providers of embeds, by the addresses that their frames load, with the pages on which people can see them. */
/** The parts of a frame's URL from which the URL of its page is made. */
export interface FrameUrl {
  readonly url: URL;
  /** The first group of the pattern, and the second. */
  readonly id: string;
  readonly rest: string;
  /** A parameter of the query; `undefined` if it has any other than harmless characters. */
  readonly query: (name: string) => string | undefined;
}

export interface Provider {
  readonly name: string;
  /** Matches host and path, without `www.` and `m.`. */
  readonly frame: RegExp;
  /** The page to link to; without it, or where it gives nothing, that is the frame's own URL. */
  readonly page?: (found: FrameUrl) => string | undefined;
  readonly thumbnail?: (found: FrameUrl) => string | undefined;
}

const youtubeQuery = ({ query }: FrameUrl): string => {
  const list = query("list");
  const start = query("start") ?? query("t");
  return (list ? `&list=${list}` : "") + (start ? `&t=${/^\d+$/.test(start) ? `${start}s` : start}` : "");
};

export const PROVIDERS: readonly Provider[] = [
  {
    name: "YouTube",
    frame: /^(?:music\.)?youtube(?:-nocookie)?\.com\/(?:embed\/videoseries|embed\/?$|playlist)/,
    page: ({ query }) => query("list") && `https://www.youtube.com/playlist?list=${query("list")}`,
  },
  {
    name: "YouTube",
    frame: /^(?:(?:music\.)?youtube(?:-nocookie)?\.com\/(?:embed|v|e|shorts|live)\/|youtu\.be\/)([\w-]{6,})/,
    page: (found) => `https://www.youtube.com/watch?v=${found.id}${youtubeQuery(found)}`,
    thumbnail: ({ id }) => `https://i.ytimg.com/vi/${id}/hqdefault.jpg`,
  },
  {
    name: "YouTube",
    frame: /^(?:music\.)?youtube(?:-nocookie)?\.com\/watch/,
    page: (found) => found.query("v") && `https://www.youtube.com/watch?v=${found.query("v")}${youtubeQuery(found)}`,
    thumbnail: ({ query }) => query("v") && `https://i.ytimg.com/vi/${query("v")}/hqdefault.jpg`,
  },
  {
    name: "Vimeo",
    frame: /^(?:player\.vimeo\.com\/video|vimeo\.com(?:\/channels\/\w+|\/video)?)\/(\d+)(?:\/(\w+))?/,
    page: ({ id, rest, query }) => `https://vimeo.com/${[id, rest || query("h")].filter(Boolean).join("/")}`,
  },
  {
    name: "Bilibili",
    frame:
      /^(?:player\.bilibili\.com\/(?:player|blackboard\/\w+)\.html|bilibili\.com\/blackboard\/[\w/-]*player\.html)/,
    page: ({ query }) => {
      const id = query("bvid") ?? (query("aid") && `av${query("aid")}`);
      const page = query("page") ?? query("p");
      return id && `https://www.bilibili.com/video/${id}/${page && page !== "1" ? `?p=${page}` : ""}`;
    },
  },
  { name: "Bilibili", frame: /^(?:bilibili\.com\/(?:s\/)?video\/(?:BV|av)|b23\.tv\/)\w+/i },
  {
    name: "优酷",
    frame: /^player\.youku\.com\/(?:embed\/|player\.php\/sid\/)([\w=]+)/,
    page: ({ id }) => `https://v.youku.com/v_show/id_${id}.html`,
  },
  {
    name: "腾讯视频",
    frame: /^(?:v\.qq\.com\/(?:txp\/)?iframe\/(?:player|preview)\.html|static\.video\.qq\.com\/)/,
    page: ({ query }) => query("vid") && `https://v.qq.com/x/page/${query("vid")}.html`,
  },
  {
    name: "西瓜视频",
    frame: /^ixigua\.com\/iframe\/(\d+)/,
    page: ({ id }) => `https://www.ixigua.com/${id}`,
  },
  { name: "AcFun", frame: /^acfun\.cn\/player\/(ac\d+)/, page: ({ id }) => `https://www.acfun.cn/v/${id}` },
  {
    name: "网易云音乐",
    frame: /^music\.163\.com\/(?:m\/)?outchain\/player/,
    page: ({ query }) => {
      const kinds: { readonly [type: string]: string } = {
        0: "playlist",
        1: "album",
        2: "song",
        3: "program",
        4: "djradio",
      };
      const kind = kinds[query("type") ?? "2"];
      return kind && query("id") && `https://music.163.com/#/${kind}?id=${query("id")}`;
    },
  },
  {
    name: "QQ音乐",
    frame: /^i\.y\.qq\.com\/n2\/m\/outchain\/player/,
    page: ({ query }) => query("songid") && `https://i.y.qq.com/v8/playsong.html?songid=${query("songid")}`,
  },
  {
    name: "Spotify",
    frame: /^(?:open|embed)\.spotify\.com\/(?:embed(?:-podcast)?\/)?(track|album|playlist|artist|episode|show)\/(\w+)/,
    page: ({ id, rest }) => `https://open.spotify.com/${id}/${rest}`,
  },
  {
    name: "Spotify for Podcasters",
    frame: /^(?:anchor\.fm|podcasters\.spotify\.com\/pod\/(?:show|profile))\/([\w-]+)\/embed(?:\/episodes\/([\w-]+))?/,
    page: ({ id, rest }) => `https://podcasters.spotify.com/pod/show/${id}${rest ? `/episodes/${rest}` : ""}`,
  },
  {
    name: "SoundCloud",
    frame: /^w\.soundcloud\.com\/player/,
    page: ({ url }) => {
      const sound = url.searchParams.get("url") ?? "";
      return /^https:\/\/(?:api\.)?soundcloud\.com\/[\w/%:-]+$/.test(sound) ? sound : undefined;
    },
  },
  {
    name: "Apple Podcasts",
    frame: /^embed\.podcasts\.apple\.com\/(.+)/,
    page: ({ url }) => `https://podcasts.apple.com${url.pathname}${url.search}`,
  },
  {
    name: "Apple Music",
    frame: /^embed\.music\.apple\.com\/(.+)/,
    page: ({ url }) => `https://music.apple.com${url.pathname}${url.search}`,
  },
  { name: "Bandcamp", frame: /^bandcamp\.com\/EmbeddedPlayer/ },
  { name: "小宇宙", frame: /^xiaoyuzhoufm\.com\/(?:episode|podcast)\/\w+/ },
  {
    name: "X (Twitter)",
    frame: /^(?:platform\.)?(?:twitter|x)\.com\/embed\/(?:Tweet\.html|index\.html)/,
    page: ({ query }) => query("id") && `https://x.com/i/status/${query("id")}`,
  },
  { name: "X (Twitter)", frame: /^(?:mobile\.)?(?:twitter|x)\.com\/\w+\/status(?:es)?\/\d+/ },
  {
    name: "Instagram",
    frame: /^instagram\.com\/(p|reel|tv)\/([\w-]+)\/embed/,
    page: ({ id, rest }) => `https://www.instagram.com/${id}/${rest}/`,
  },
  {
    name: "Facebook",
    frame: /^facebook\.com\/plugins\/\w+\.php/,
    page: ({ url }) => {
      const page = url.searchParams.get("href") ?? "";
      return /^https:\/\/(?:\w+\.)?facebook\.com\/[^\s"<>]*$/.test(page) ? page : undefined;
    },
  },
  { name: "TikTok", frame: /^tiktok\.com\/(?:embed\/(?:v2\/)?|@[\w.]+\/video\/)\d+/ },
  {
    name: "Reddit",
    frame: /^(?:embed\.reddit|redditmedia)\.com(\/r\/\w+\/comments\/[\w/]+)/,
    page: ({ id }) => `https://www.reddit.com${id}`,
  },
  {
    name: "Mastodon",
    frame: /^([a-z0-9.-]+\/@[\w.-]+(?:@[\w.-]+)?\/\d+)\/embed$/,
    page: ({ id }) => `https://${id}`,
  },
  {
    name: "CodePen",
    frame: /^codepen\.io\/([\w-]+)\/embed\/(?:preview\/)?(\w+)/,
    page: ({ id, rest }) => `https://codepen.io/${id}/pen/${rest}`,
    thumbnail: ({ id, rest }) => `https://shots.codepen.io/${id}/pen/${rest}-512.jpg`,
  },
  {
    name: "CodeSandbox",
    frame: /^codesandbox\.io\/(?:embed|p\/sandbox|s)\/([\w-]+)/,
    page: ({ id }) => `https://codesandbox.io/s/${id}`,
  },
  {
    name: "JSFiddle",
    frame: /^jsfiddle\.net\/((?:[\w-]+\/)??[\w-]+(?:\/\d+)?)\/embed(?:ded)?(?:\/|$)/,
    page: ({ id }) => `https://jsfiddle.net/${id}/`,
  },
  {
    name: "StackBlitz",
    frame: /^stackblitz\.com\/(edit|github)\/([\w./-]+)/,
    page: ({ id, rest }) => `https://stackblitz.com/${id}/${rest}`,
  },
  {
    name: "GitHub Gist",
    frame: /^gist\.github\.com\/((?:[\w-]+\/)?[0-9a-f]+)(?:\.js|\.pibb)?$/,
    page: ({ id, url }) => {
      const file = url.searchParams.get("file");
      return `https://gist.github.com/${id}${file ? `#file-${file.toLowerCase().replace(/[^\w]+/g, "-")}` : ""}`;
    },
  },
  {
    name: "GitLab",
    frame: /^gitlab\.com\/((?:[\w.-]+\/)*(?:-\/)?snippets\/\d+)\.js$/,
    page: ({ id }) => `https://gitlab.com/${id}`,
  },
  {
    name: "Gitee",
    frame: /^gitee\.com\/([\w-]+\/codes\/\w+)\/widget_preview/,
    page: ({ id }) => `https://gitee.com/${id}`,
  },
  {
    name: "asciinema",
    frame: /^asciinema\.org\/a\/(\w+)(?:\.js|\/(?:iframe|embed))?$/,
    page: ({ id }) => `https://asciinema.org/a/${id}`,
    thumbnail: ({ id }) => `https://asciinema.org/a/${id}.svg`,
  },
  {
    name: "Observable",
    frame: /^observablehq\.com\/embed\/(@?[\w/-]+)/,
    page: ({ id }) => `https://observablehq.com/${id}`,
  },
  {
    name: "Replit",
    frame: /^repl(?:\.it|it\.com)\/@[\w-]+\/[\w-]+/,
    page: ({ url }) => `https://replit.com${url.pathname}`,
  },
  {
    name: "Google Maps",
    frame: /^(?:(?:maps\.)?google\.[a-z.]+\/maps|maps\.google\.[a-z.]+)/,
    page: ({ url, query }) =>
      query("q") ? `https://www.google.com/maps?q=${encodeURIComponent(url.searchParams.get("q") ?? "")}` : undefined,
  },
  { name: "OpenStreetMap", frame: /^openstreetmap\.org\/export\/embed\.html/ },
  {
    name: "Google Docs",
    frame: /^docs\.google\.com\/(document|spreadsheets|forms)\/d\/((?:e\/)?[\w-]+)/,
    page: ({ id, rest, url }) =>
      rest.startsWith("e/")
        ? undefined
        : `https://docs.google.com/${id}/d/${rest}/${/\/(?:viewform|pub|pubhtml)$/.exec(url.pathname)?.[0].slice(1) ?? ""}`,
  },
  {
    name: "Google Slides",
    frame: /^docs\.google\.com\/presentation\/d\/((?:e\/)?[\w-]+)\/(embed|pub|preview)/,
    page: ({ id }) => `https://docs.google.com/presentation/d/${id}/${id.startsWith("e/") ? "pub" : ""}`,
  },
  {
    name: "Google Drive",
    frame: /^drive\.google\.com\/file\/d\/([\w-]+)/,
    page: ({ id }) => `https://drive.google.com/file/d/${id}/view`,
  },
  {
    name: "Figma",
    frame: /^(?:embed\.)?figma\.com\/(?:embed|(file|design|proto|board|slides)\/(\w+))/,
    page: ({ url, id, rest }) => {
      if (id) return `https://www.figma.com/${id}/${rest}`;
      const page = url.searchParams.get("url") ?? "";
      return /^https:\/\/(?:www\.)?figma\.com\/[^\s"<>]*$/.test(page) ? page : undefined;
    },
  },
  { name: "SlideShare", frame: /^slideshare\.net\/slideshow\/embed_code\// },
  { name: "Speaker Deck", frame: /^speakerdeck\.com\/(?:player|embed)\// },
  {
    name: "TED",
    frame: /^embed(?:-ssl)?\.ted\.com\/talks\/(?:lang\/([\w-]+)\/)?([\w-]+)/,
    page: ({ id, rest }) => `https://www.ted.com/talks/${rest}${id ? `?language=${id}` : ""}`,
  },
  {
    name: "Dailymotion",
    frame: /^(?:dailymotion\.com\/embed\/video\/|geo\.dailymotion\.com\/player(?:\/\w+)?\.html$)(\w*)/,
    page: ({ id, query }) => {
      const video = id || query("video");
      return video && `https://www.dailymotion.com/video/${video}`;
    },
    thumbnail: ({ id, query }) => {
      const video = id || query("video");
      return video && `https://www.dailymotion.com/thumbnail/video/${video}`;
    },
  },
  {
    name: "Twitch",
    frame: /^(?:player|clips)\.twitch\.tv\//,
    page: ({ query }) => {
      const clip = query("clip");
      const video = query("video");
      if (clip) return `https://clips.twitch.tv/${clip}`;
      return video
        ? `https://www.twitch.tv/videos/${video.replace(/^v/, "")}`
        : query("channel") && `https://www.twitch.tv/${query("channel")}`;
    },
  },
  { name: "Loom", frame: /^loom\.com\/(?:embed|share)\/(\w+)/, page: ({ id }) => `https://www.loom.com/share/${id}` },
  {
    name: "Streamable",
    frame: /^streamable\.com\/(?:[eos]\/)?(\w+)$/,
    page: ({ id }) => `https://streamable.com/${id}`,
  },
  {
    name: "Internet Archive",
    frame: /^archive\.org\/embed\/([\w.-]+)/,
    page: ({ id }) => `https://archive.org/details/${id}`,
    thumbnail: ({ id }) => `https://archive.org/services/img/${id}`,
  },
  {
    name: "PeerTube",
    frame: /^([a-z0-9.-]+)\/videos\/embed\/([\w-]+)$/,
    page: ({ id, rest }) => `https://${id}/w/${rest}`,
  },
];
