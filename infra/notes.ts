/** What an owner may have overlooked: nothing is wrong with such settings, but readers would not get what is meant. */
import { MEDIA } from "../lib/base/served.ts";
import { mediaFoldersOf } from "../lib/site/media.ts";
import type { Settings } from "./settings.ts";

/** Lines for the owner. */
export function notesOf({ site, domain, distribution, contentBucket, write, run }: Settings): readonly string[] {
  const [feeds, website] = [new URL(site.feeds), new URL(site.url)];
  const [copied = MEDIA] = mediaFoldersOf(site).values();
  const isCdns = feeds.hostname.endsWith(".cloudfront.net");
  const notes: readonly (readonly [boolean, string])[] = [
    [
      domain === undefined && distribution === undefined && !isCdns,
      `there is no domain in infra/config.ts, but feeds in site.yaml is ${site.feeds}: after the first deployment write feeds: https://<CdnDomain>/ there, and deploy again`,
    ],
    [
      domain?.name === website.hostname,
      `${website.hostname} is the host of the website, too (url in site.yaml). The stack serves nothing but feeds and media: use a domain of their own, such as feeds.${website.hostname}, or name the website's distribution`,
    ],
    [
      write && copied !== MEDIA,
      `what is written at ${feeds.origin}/write/ has its pictures at ${site.media}media/, which your website serves from ${copied} once \`dripfeed pull --media\` has brought them there and it was built: to serve them at once, write media: ${feeds.origin}/ in site.yaml`,
    ],
    [
      write && copied === MEDIA && new URL(site.media).host !== feeds.host,
      `what is written at ${feeds.origin}/write/ has its pictures at ${feeds.origin}/media/, but media in site.yaml is ${site.media}: write media: ${feeds.origin}/ there, unless your website serves them, too`,
    ],
    [
      write && contentBucket !== undefined,
      `${contentBucket} is yours: let the page put large files into it, by the CORS rule in docs/write.md`,
    ],
    [
      site.host !== "edge",
      `host in site.yaml is ${site.host}: the CDN of the stack is an edge, so leave that key out, or people who open a feed get no page`,
    ],
  ];
  return [...notes.flatMap(([isSo, text]) => (isSo ? [`note: ${text}`] : [])), run.why];
}
