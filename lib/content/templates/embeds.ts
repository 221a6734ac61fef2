/** What is embedded from elsewhere, as a link to the page where it can be seen, with its picture where there is one. */
import { element, inert, link } from "./output.ts";

interface Service {
  readonly names: string;
  readonly label: string;
  /** What an id of it looks like. */
  readonly id: RegExp;
  readonly url: (id: string, second: string | undefined) => string;
  readonly picture?: (id: string) => string;
}

const SERVICES: readonly Service[] = [
  {
    names: "youtube yt liteyoutube youtubelite youtubeembed youtubeenhanced youtubeplayer ytembed",
    label: "YouTube",
    id: /^[\w-]{6,}$/,
    url: (id) =>
      /^PL[\w-]{12,}$/.test(id)
        ? `https://www.youtube.com/playlist?list=${id}`
        : `https://www.youtube.com/watch?v=${id}`,
    picture: (id) => (/^PL[\w-]{12,}$/.test(id) ? "" : `https://i.ytimg.com/vi/${id}/hqdefault.jpg`),
  },
  {
    names: "vimeo vimeoembed vimeosimple litevimeo vimeolite",
    label: "Vimeo",
    id: /^\d+$/,
    url: (id) => `https://vimeo.com/${id}`,
  },
  {
    names: "bilibili bili bilibilivideo bvideo",
    label: "Bilibili",
    id: /^(?:BV|av)?\w+$/i,
    url: (id) => `https://www.bilibili.com/video/${/^\d+$/.test(id) ? `av${id}` : id}/`,
  },
  {
    names: "tweet twitter tweetsimple twittersimple tweetembed x xsimple xcom",
    label: "X (Twitter)",
    id: /^\d{5,}$/,
    url: (id, user) => `https://twitter.com/${user && /^\w+$/.test(user) ? user : "i"}/status/${id}`,
  },
  {
    names: "instagram instagramsimple",
    label: "Instagram",
    id: /^[\w-]{5,}$/,
    url: (id) => `https://www.instagram.com/p/${id}/`,
  },
  {
    names: "gist githubgist",
    label: "Gist",
    id: /^[\w-]+(?:\/\w+)?$/,
    url: (id, second) => `https://gist.github.com/${second && /^[0-9a-f]{5,}$/.test(second) ? `${id}/${second}` : id}`,
  },
  {
    names: "spotify spotifyembed",
    label: "Spotify",
    id: /^(?:spotify:)?\w+[:/]\w+$|^\w{22}$/,
    url: (id, type) => {
      const path = id.replace(/^spotify:/, "").replace(":", "/");
      return `https://open.spotify.com/${path.includes("/") ? path : `${type ?? "track"}/${path}`}`;
    },
  },
  {
    names: "soundcloud",
    label: "SoundCloud",
    id: /^[\w/-]+$/,
    url: (id) =>
      /^\d+$/.test(id)
        ? `https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/${id}`
        : `https://soundcloud.com/${id}`,
  },
  {
    names: "netease neteasemusic",
    label: "网易云音乐",
    id: /^\d+$/,
    url: (id) => `https://music.163.com/song?id=${id}`,
  },
  {
    names: "codepen",
    label: "CodePen",
    id: /^[\w/-]+$/,
    url: (id, second) => {
      if (id.includes("/")) return `https://codepen.io/${id}`;
      return /^\w+$/.test(second ?? "")
        ? `https://codepen.io/${second}/pen/${id}`
        : `https://codepen.io/anon/pen/${id}`;
    },
  },
  { names: "jsfiddle", label: "JSFiddle", id: /^[\w/]+$/, url: (id) => `https://jsfiddle.net/${id}/` },
  { names: "codesandbox", label: "CodeSandbox", id: /^[\w-]+$/, url: (id) => `https://codesandbox.io/s/${id}` },
  { names: "stackblitz", label: "StackBlitz", id: /^[\w-]+$/, url: (id) => `https://stackblitz.com/edit/${id}` },
  { names: "glitch", label: "Glitch", id: /^[\w-]+$/, url: (id) => `https://glitch.com/edit/#!/${id}` },
  { names: "replit", label: "Replit", id: /^@?[\w/-]+$/, url: (id) => `https://replit.com/${id}` },
  { names: "asciinema", label: "asciinema", id: /^\w+$/, url: (id) => `https://asciinema.org/a/${id}` },
  { names: "speakerdeck", label: "Speaker Deck", id: /^\w+$/, url: (id) => `https://speakerdeck.com/player/${id}` },
  { names: "loom", label: "Loom", id: /^\w{12,}$/, url: (id) => `https://www.loom.com/share/${id}` },
  { names: "tiktok", label: "TikTok", id: /^\d+$/, url: (id) => `https://www.tiktok.com/embed/v2/${id}` },
  { names: "caniuse can", label: "Can I use", id: /^[\w-]+$/, url: (id) => `https://caniuse.com/${id}` },
  {
    names: "ghcard github githubcard githubrepo githubrepocard repocard",
    label: "GitHub",
    id: /^[\w-]+(?:\/[\w.-]+)?$/,
    url: (id) => `https://github.com/${id}`,
  },
];

const BY_NAME: ReadonlyMap<string, Service> = new Map(
  SERVICES.flatMap((service) => service.names.split(" ").map((name) => [name, service] as const)),
);

export const EMBED_NAMES: readonly string[] = [...BY_NAME.keys()];

/** Addresses that a player is loaded from, and the page to which each belongs. */
const PLAYERS: readonly (readonly [pattern: RegExp, service: string])[] = [
  [
    /^(?:https?:)?\/\/(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com\/(?:embed\/|shorts\/|live\/|v\/|watch\?(?:[^#]*&)?v=)([\w-]{6,})/,
    "youtube",
  ],
  [/^(?:https?:)?\/\/youtu\.be\/([\w-]{6,})/, "youtube"],
  [/^(?:https?:)?\/\/player\.vimeo\.com\/video\/(\d+)/, "vimeo"],
  [/^(?:https?:)?\/\/player\.bilibili\.com\/player\.html\?(?:[^#]*&)?bvid=(\w+)/, "bilibili"],
  [/^(?:https?:)?\/\/player\.bilibili\.com\/player\.html\?(?:[^#]*&)?aid=(\d+)/, "bilibili"],
  [/^(?:https?:)?\/\/open\.spotify\.com\/embed\/(\w+\/\w+)/, "spotify"],
  [/^(?:https?:)?\/\/music\.163\.com\/(?:#\/)?(?:outchain\/player|song)\?(?:[^#]*&)?id=(\d+)/, "netease"],
];

/** An embed by the name of its service and an id or address; `undefined` when it is neither. */
export function embed(name: string, reference: string, title?: string, second?: string): string | undefined {
  if (/^(?:https?:)?\/\//.test(reference)) return embedUrl(reference, title ?? BY_NAME.get(name)?.label);
  const service = BY_NAME.get(name);
  if (!service?.id.test(reference)) return undefined;
  return shown(service, reference, title, second);
}

/** What an iframe or an embed of any address shows. */
export function embedUrl(url: string, title?: string): string {
  for (const [pattern, name] of PLAYERS) {
    const id = pattern.exec(url)?.[1];
    const service = id !== undefined && BY_NAME.get(name);
    if (service) return shown(service, id, title);
  }
  return link(url, inert(title ?? url));
}

function shown(service: Service, id: string, title?: string, second?: string): string {
  const label = title ?? service.label;
  const src = service.picture?.(id) ?? "";
  return link(service.url(id, second), src === "" ? inert(label) : element("img", { src, alt: label }));
}
