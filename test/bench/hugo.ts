/**
 * The synthetic site for Hugo: the same posts, and RSS, Atom and JSON with the whole text for the site and each term.
 *
 * Hugo does nothing that Dripfeed does not do: no pages, highlighting, summaries or minifying. With everything on, Dripfeed also
 * makes archives, channels of languages and sections, HTML pages and OPML, which Hugo does not.
 */

/** The default limit of Dripfeed. */
export const HUGO_LIMIT = 20;

const config = (disabled: readonly string[]): string => `baseURL = "https://example.com/"
title = "Field notes"
timeZone = "Asia/Shanghai"
ignoreErrors = ["error-disable-taxonomy"]
disableKinds = ${JSON.stringify([...disabled, "taxonomy", "section", "sitemap", "robotsTXT", "404"])}
[taxonomies]
tag = "tags"
category = "categories"
author = "authors"
[outputs]
home = ["RSS", "ATOM", "JSON"]
term = ["RSS", "ATOM", "JSON"]
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.RSS]
mediaType = "application/rss+xml"
baseName = "rss"
isPlainText = true
[outputFormats.ATOM]
mediaType = "application/atom+xml"
baseName = "atom"
isPlainText = true
[outputFormats.JSON]
mediaType = "application/json"
baseName = "feed"
isPlainText = true
[markup.goldmark.renderer]
unsafe = true
[markup.highlight]
codeFences = false
[[cascade]]
[cascade._build]
render = "link"
list = "always"
publishResources = false
[cascade._target]
kind = "page"
`;

/** The posts of the site or of a term. */
const PAGES = `{{- $pages := .Pages -}}{{- if .IsHome -}}{{- $pages = .Site.RegularPages -}}{{- end -}}
{{- $pages = first ${HUGO_LIMIT} $pages -}}`;

const RSS = `${PAGES}<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{{ .Title | html }}</title>
<link>{{ .Permalink }}</link>
<description>{{ .Title | html }}</description>
{{ range $pages }}<item>
<title>{{ .Title | html }}</title>
<link>{{ .Permalink }}</link>
<guid isPermaLink="false">{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
{{ with .Params.authors }}{{ range . }}<dc:creator>{{ . | html }}</dc:creator>{{ end }}{{ end }}
{{ with .Params.categories }}{{ range . }}<category>{{ . | html }}</category>{{ end }}{{ end }}
{{ with .Params.tags }}{{ range . }}<category>{{ . | html }}</category>{{ end }}{{ end }}
<description>{{ .Description | html }}</description>
<content:encoded><![CDATA[{{ .Content }}]]></content:encoded>
</item>
{{ end }}</channel>
</rss>
`;

const ATOM = `${PAGES}<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{{ .Title | html }}</title>
<id>{{ .Permalink }}</id>
<updated>{{ .Lastmod.Format "2006-01-02T15:04:05-07:00" }}</updated>
<link href="{{ .Permalink }}"/>
{{ range $pages }}<entry{{ with .Params.lang }} xml:lang="{{ . }}"{{ end }}>
<title>{{ .Title | html }}</title>
<id>{{ .Permalink }}</id>
<link href="{{ .Permalink }}"/>
<published>{{ .Date.Format "2006-01-02T15:04:05-07:00" }}</published>
<updated>{{ .Lastmod.Format "2006-01-02T15:04:05-07:00" }}</updated>
{{ with .Params.authors }}{{ range . }}<author><name>{{ . | html }}</name></author>{{ end }}{{ end }}
{{ with .Params.categories }}{{ range . }}<category term="{{ . | html }}"/>{{ end }}{{ end }}
{{ with .Params.tags }}{{ range . }}<category term="{{ . | html }}"/>{{ end }}{{ end }}
<summary>{{ .Description | html }}</summary>
<content type="html">{{ .Content | html }}</content>
</entry>
{{ end }}</feed>
`;

const JSON_FEED = `${PAGES}{{- $items := slice -}}
{{- range $pages -}}
{{- $items = $items | append (dict "id" .Permalink "url" .Permalink "title" .Title "content_html" .Content
  "summary" .Description "date_published" (.Date.Format "2006-01-02T15:04:05-07:00")
  "date_modified" (.Lastmod.Format "2006-01-02T15:04:05-07:00") "tags" .Params.tags "language" .Params.lang) -}}
{{- end -}}
{{- dict "version" "https://jsonfeed.org/version/1.1" "title" .Title "home_page_url" .Permalink "items" $items | jsonify -}}
`;

/** Files of the site besides the posts in `content/`. */
export const HUGO_FILES: { readonly [name: string]: string } = {
  "all.toml": config([]),
  "newest.toml": config(["term"]),
  "layouts/_default/list.rss.xml": RSS,
  "layouts/_default/list.atom.xml": ATOM,
  "layouts/_default/list.json.json": JSON_FEED,
};

/** Hugo would make another feed of an author who is named by the key that `site.yaml` gives a name to. */
const NAMES: { readonly [key: string]: string } = { ada: "Ada Field", wang: "王小麦" };

/** The post with Hugo's names of fields, authors' names, and zones in dates: Hugo reads a date without a zone as UTC. */
export function hugoPost(text: string): string {
  const end = text.indexOf("\n---\n", 4);
  const front = text
    .slice(0, end)
    .replace(/^(date|updated): (\S+)(?: (\S+))?$/gm, (_, name: string, first: string, time?: string) => {
      const moment = time ? `${first}T${time}` : first.includes("T") ? first : `${first}T00:00:00`;
      return `${name === "updated" ? "lastmod" : name}: ${moment.slice(0, 19)}+08:00`;
    })
    .replace(/^author: (.+)$/gm, (_, author: string) => `authors: [${NAMES[author] ?? author}]`);
  return front + text.slice(end);
}
