/** The words by which authors of any site generator keep a post back, as tables. */
import type { HeldBack } from "../../model.ts";

/** A key that is true or false. */
export interface Flag {
  /** The value that holds a post back. */
  readonly holdsBack: boolean;
  readonly reason: HeldBack;
  /** The key has no other meaning: a value that is neither true nor false holds back, too. A leak cannot be undone. */
  readonly isSure: boolean;
  /** It names feeds, so that it is about them wherever it stands. */
  readonly isOfFeeds?: boolean;
}

/** Folded keys, as they are or behind `is`. */
const FLAGS: readonly (readonly [keys: string, flag: Flag])[] = [
  ["published publish publishable dgpublish", { holdsBack: false, reason: "draft", isSure: true }],
  [
    "draft indraft unpublished unpublish notpublished nopublish donotpublish dontpublish neverpublish unreleased",
    { holdsBack: true, reason: "draft", isSure: true },
  ],
  ["wip workinprogress unfinished", { holdsBack: true, reason: "draft", isSure: false }],
  [
    "hidden hide unlisted notlisted private notpublic nonpublic invisible headless eleventyexcludefromcollections",
    { holdsBack: true, reason: "hidden", isSure: true },
  ],
  ["public visible listed", { holdsBack: false, reason: "hidden", isSure: true }],
  [
    `secret confidential internal disable disabled deleted trashed exclude excluded skip skipped ignore ignored
     membersonly paidonly subscribersonly excludefromcollections excludefromcollection`,
    { holdsBack: true, reason: "hidden", isSure: false },
  ],
  // `show: The Morning Show` names a programme, and `article: An essay` a kind of text: only yes and no say something of a post.
  ["show article enable enabled render output", { holdsBack: false, reason: "hidden", isSure: false }],
];

const FLAG_OF: ReadonlyMap<string, Flag> = new Map(
  FLAGS.flatMap(([keys, flag]) => keys.split(/\s+/).map((key) => [key, flag] as const)),
);

/** What is said of a feed. */
const LEFT_OUT =
  "noindex|hide|hides|hidden|exclude|excludes|excluded|skip|skips|skipped|no|not|never|ignore|ignores|ignored|disable|disables|disabled|omit|omits|omitted|without|remove|removed|block|blocked";
const PUT_IN =
  "include|includes|included|show|shows|shown|publish|published|add|added|list|listed|display|displayed|enable|enabled|allow|allowed|use|has|appear|appears";
const IN = "(?:this|post|page)?(?:from|in|on|for|of|to|with)?(?:the|all)?(?:site|main)?";
const FEED = "(?:rss|atom|xml|json)?(?:rss|atom|feeds?)";
const KEPT_OUT = new RegExp(`^(?:${LEFT_OUT})${IN}${FEED}$|^${FEED}(?:${LEFT_OUT})$`);
const TAKEN_IN = new RegExp(`^(?:${PUT_IN})?${IN}${FEED}$|^${FEED}(?:${PUT_IN})$`);

/** No word that we know is longer. */
const MAX_KEY = 50;

/** Posts have the same keys again and again. */
const MOST_KNOWN = 1000;
const known = new Map<string, Flag | undefined>();

/** What a folded key says where it is true or false, if it is a word that may hold a post back. */
export function flagNamed(key: string): Flag | undefined {
  if (key.length > MAX_KEY) return undefined;
  if (!known.has(key)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, findFlag(key));
  }
  return known.get(key);
}

/** Whether a folded key is one of these words, or a map below which they count. */
export const mayHoldBack = (key: string): boolean => OTHERS.has(key) || flagNamed(key) !== undefined;

function findFlag(key: string): Flag | undefined {
  const bare = key.replace(/^is/, "");
  const flag = FLAG_OF.get(key) ?? FLAG_OF.get(bare);
  if (flag) return flag;
  if (KEPT_OUT.test(bare)) return { holdsBack: true, reason: "hidden", isSure: true, isOfFeeds: true };
  if (!TAKEN_IN.test(bare)) return undefined;
  return { holdsBack: false, reason: "hidden", isSure: SURE_FEEDS.has(bare), isOfFeeds: true };
}

/** Others may hold the address of a feed, or its name. */
const SURE_FEEDS = new Set("feed rss infeed infeeds inrss includeinfeed includeinrss showinfeed showinrss".split(" "));

export const LOCKS = ["password", "postpassword", "encrypted", "encrypt"];
export const PASSWORDS = new Set(["password", "postpassword"]);

/** Values of `status` that hold a post back; others may describe a public post. */
export const HELD_STATUS = new Set(
  [
    "draft drafts drafting unpublished notpublished unlisted private hidden secret internal confidential invisible",
    "pending review inreview wip workinprogress inprogress todo idea outline unfinished incomplete inherit",
    "trash trashed deleted removed archived archive inactive disabled offline members paid",
    "草稿 私密 私有 隐藏 隱藏 未发布 未發布 待审 待審 审核中 審核中 回收站 已删除 已刪除 下线 下線 归档 歸檔 仅自己可见",
  ].flatMap((words) => words.split(" ")),
);

/** Values of `access` that do. */
export const HELD_ACCESS = new Set(
  "private hidden secret internal confidential restricted protected members member subscribers subscriber paid premium patrons none nobody admin owner".split(
    " ",
  ),
);

/** Values of `visibility` for public posts; any other holds the post back. */
export const PUBLIC_VISIBILITIES = new Set(
  "public published publish visible everyone all open listed live true yes on 1 公开 公開 可见".split(" "),
);
export const STATUSES = ["status", "poststatus", "visibility"];

/** Values of `state`, and of a status below another key, that hold a post back: others are of something else. */
export const SURE_STATUS = new Set(
  "draft drafts drafting unpublished notpublished unlisted private hidden 草稿 私密 私有 隐藏 隱藏 未发布 未發布".split(
    " ",
  ),
);

/** What `hide` may name of a page: the page is shown, without it. */
export const PARTS = new Set(
  [
    "toc tableofcontents navigation nav navbar navtabs tabs sidebar aside footer header title tags tag categories",
    "comments comment date author authors meta breadcrumb breadcrumbs menu path feedback search cover image banner",
    "share related home index icon feedicon summary pagination license edit readingtime wordcount",
  ].flatMap((words) => words.split(" ")),
);
/** What is not a part of a page, but the whole, or where it is listed: `hide: [feed]`. */
export const WHOLES = new Set(
  "feed feeds rss atom all page post everywhere true yes list lists collections".split(" "),
);

/** What counts below `seo`, which is about search engines: besides what names feeds. */
export const SURE_ANYWHERE = new Set("draft hidden private unlisted".split(" "));

/** Maps below which themes and plugins have words of their own. */
export const NESTING: ReadonlySet<string> = new Set(["params", "extra", "seo"]);

/** What is neither true nor false. */
const OTHERS: ReadonlySet<string> = new Set([
  ...[...STATUSES, ...LOCKS, ...NESTING],
  ...["state", "access", "permalink", "build", "outputs", "page"],
]);
