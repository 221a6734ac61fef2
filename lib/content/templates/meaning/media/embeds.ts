/** Embeds of other services, by the name of the service and an id: a link to the page, with its picture. */
import { embedOf } from "../../../html/embeds.ts";
import { element, inert, link } from "../output.ts";

interface Service {
  readonly names: string;
  /** The form of its ids. */
  readonly id: RegExp;
  /** The address of the page or the player of an id. */
  readonly url: (id: string, second: string | undefined) => string;
  /** The text of the link, for a service that the table of embeds lacks. */
  readonly label?: string;
}

const SERVICES: readonly Service[] = [
  {
    names: "youtube yt liteyoutube youtubelite youtubeembed youtubeenhanced youtubeplayer ytembed",
    id: /^[\w-]{6,}$/,
    url: (id) => (/^PL[\w-]{12,}$/.test(id) ? `https://www.youtube.com/playlist?list=${id}` : `https://youtu.be/${id}`),
  },
  { names: "vimeo vimeoembed vimeosimple litevimeo vimeolite", id: /^\d+$/, url: (id) => `https://vimeo.com/${id}` },
  {
    names: "bilibili bili bilibilivideo bvideo",
    id: /^(?:BV|av)?\w+$/i,
    url: (id) => `https://www.bilibili.com/video/${/^\d+$/.test(id) ? `av${id}` : id}/`,
  },
  {
    names: "tweet twitter tweetsimple twittersimple tweetembed x xsimple xcom",
    id: /^\d{5,}$/,
    url: (id, user) => `https://twitter.com/${user && /^\w+$/.test(user) ? user : "i"}/status/${id}`,
  },
  {
    names: "instagram instagramsimple",
    id: /^[\w-]{5,}$/,
    url: (id) => `https://www.instagram.com/p/${id}/embed`,
  },
  {
    names: "gist githubgist",
    id: /^[\w-]+(?:\/\w+)?$/,
    url: (id, second) => `https://gist.github.com/${second && /^[0-9a-f]{5,}$/.test(second) ? `${id}/${second}` : id}`,
  },
  {
    names: "spotify spotifyembed",
    id: /^(?:spotify:)?\w+[:/]\w+$|^\w{22}$/,
    url: (id, type) => {
      const path = id.replace(/^spotify:/, "").replace(":", "/");
      return `https://open.spotify.com/${path.includes("/") ? path : `${type ?? "track"}/${path}`}`;
    },
  },
  {
    names: "soundcloud",
    id: /^[\w/-]+$/,
    url: (id) => {
      const sound = /^\d+$/.test(id) ? `api.soundcloud.com/tracks/${id}` : `soundcloud.com/${id}`;
      return `https://w.soundcloud.com/player/?url=${encodeURIComponent(`https://${sound}`)}`;
    },
  },
  {
    names: "netease neteasemusic",
    id: /^\d+$/,
    url: (id, kind = "song") => {
      const type = ["playlist", "album", "song", "program", "djradio"].indexOf(kind);
      return `https://music.163.com/outchain/player?type=${type < 0 ? 2 : type}&id=${id}`;
    },
  },
  {
    names: "codepen",
    id: /^[\w/-]+$/,
    url: (id, second) => {
      const [user, pen] = /^([\w-]+)\/(?:pen|embed|details|full)\/(\w+)/.exec(id)?.slice(1) ?? [second, id];
      return `https://codepen.io/${user && /^[\w-]+$/.test(user) ? user : "anon"}/embed/${pen}`;
    },
  },
  { names: "jsfiddle", id: /^[\w/]+$/, url: (id) => `https://jsfiddle.net/${id.replace(/\/$/, "")}/embedded/` },
  { names: "codesandbox", id: /^[\w-]+$/, url: (id) => `https://codesandbox.io/s/${id}` },
  { names: "stackblitz", id: /^[\w-]+$/, url: (id) => `https://stackblitz.com/edit/${id}` },
  { names: "replit", id: /^@?[\w/-]+$/, url: (id) => `https://replit.com/${id}` },
  { names: "asciinema", id: /^\w+$/, url: (id) => `https://asciinema.org/a/${id}` },
  { names: "speakerdeck", id: /^\w+$/, url: (id) => `https://speakerdeck.com/player/${id}` },
  { names: "loom", id: /^\w{12,}$/, url: (id) => `https://www.loom.com/share/${id}` },
  { names: "tiktok", id: /^\d+$/, url: (id) => `https://www.tiktok.com/embed/v2/${id}` },
  { names: "glitch", label: "Glitch", id: /^[\w-]+$/, url: (id) => `https://glitch.com/edit/#!/${id}` },
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

export const isService = (name: string): boolean => BY_NAME.has(name);

/** An embed by the name of its service and an id or address; `undefined` when it is neither. */
export function embed(name: string, reference: string, title?: string, second?: string): string | undefined {
  const label = title ?? BY_NAME.get(name)?.label;
  if (/^(?:https?:)?\/\//.test(reference)) return embedUrl(reference, label);
  const address = serviceUrl(name, reference, second);
  return address === undefined ? undefined : embedUrl(address, label);
}

/** The address of an id; `undefined` when it cannot be one of the service. */
export function serviceUrl(name: string, id: string, second?: string): string | undefined {
  const service = BY_NAME.get(name);
  return service?.id.test(id) ? service.url(id, second) : undefined;
}

/** A frame of any address, as a link. */
export function embedUrl(address: string, title?: string): string {
  const embedded = embedOf(absolute(address));
  if (!embedded) return link(address, inert(title ?? address));
  const { href, title: own, thumbnail } = embedded;
  const label = title ?? own;
  return link(href, thumbnail === undefined ? inert(label) : element("img", { src: thumbnail, alt: label }));
}

/** Whether the address is a player or a page of a known service. */
export const isEmbed = (address: string): boolean => embedOf(absolute(address))?.provider !== undefined;

const absolute = (address: string): string => (address.startsWith("//") ? `https:${address}` : address);
