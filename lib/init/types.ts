/** What is read of a site's folder, and what its generator's configuration says, each value with its place. */
import type { DialectName, Format } from "../model.ts";

/** The files of a site, from wherever they lie. */
export interface SiteFolder {
  /** Every path, in order, without those that no generator reads. */
  readonly paths: readonly string[];
  /** The text of a file, or as much as may count; `undefined` for none, or one that cannot be read. */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** A value, and where it was read: `_config.yml:12`. */
export interface Said<T = string> {
  readonly value: T;
  readonly from: string;
}

export interface SaidAuthor {
  /** By which posts name it; made of the name if absent. */
  readonly key?: string;
  readonly name: string;
  readonly email?: string;
  readonly url?: string;
}

/** A feed that the site has had so far. */
export interface EarlierFeed {
  readonly format: Format;
  /** Below the site's address; for the feeds of a kind the name within its folder. */
  readonly path: string;
  /** The kind whose channels have it, and the folder of each, such as `tag/{slug}/`. */
  readonly kind?: string;
  readonly folder?: string;
  /** The channel of ours whose documents take its place, such as `languages/zh/`; the site's if absent. */
  readonly channel?: string;
  /** The collection that it carries, where the generator has several. */
  readonly collection?: string;
  /** Where it was read. */
  readonly from: string;
  /** What writes it into the site's output. */
  readonly writer: string;
}

/** What a configuration says. */
export interface Found {
  /** For people: `Hexo`. */
  readonly generator: string;
  readonly dialect?: DialectName;
  readonly title?: Said;
  readonly url?: Said;
  readonly description?: Said;
  readonly language?: Said;
  readonly timezone?: Said;
  readonly permalink?: Said;
  /** Where the address depends on which posts there are. */
  readonly permalinkFor?: (posts: FoundPosts) => FoundPermalink;
  readonly limit?: Said<number>;
  readonly authors?: Said<readonly SaidAuthor[]>;
  readonly languages?: Said<readonly string[]>;
  /** Keys of front matter that the site has pages for; those that no post has are left out. */
  readonly taxonomies?: Said<readonly string[]>;
  /** Folders of posts, each ending in a slash; the dialect's own if absent. */
  readonly roots?: Said<readonly string[]>;
  /** Folders below them whose names begin with `_`, and that the generator reads all the same. */
  readonly underscored?: readonly string[];
  /** Folders below them that count as posts where not all files do. */
  readonly sections?: Said<readonly string[]>;
  readonly fileDates?: Said<boolean>;
  readonly exclude?: Said<readonly string[]>;
  readonly feeds: readonly EarlierFeed[];
  /** The folder into which the generator builds the site. */
  readonly output?: Said;
  /** What could not be told, for the owner to look at. */
  readonly remarks: readonly string[];
}

export interface FoundPermalink {
  /** The dialect's own if absent. */
  readonly said?: Said;
  readonly remarks: readonly string[];
}

/** What the posts say. */
export interface FoundPosts {
  /** By folder, ending in a slash: files with a date, and those without. */
  readonly folders: ReadonlyMap<string, { readonly dated: number; readonly undated: number }>;
  /** Folders with other Markdown, which lies elsewhere. */
  readonly others: readonly string[];
  /** The year of the earliest one, and its path. */
  readonly since?: Said<number>;
  /** The language that most titles are in, where their letters tell it. */
  readonly language?: Said;
  /** How many posts have each key of front matter, in lower case. */
  readonly keys: ReadonlyMap<string, number>;
}
