/** The words of synthetic posts in two languages, the most frequent first. */
import type { Choice } from "./random.ts";

type List = Choice<string>;

/** The words of one language, and how sentences are made of them. */
export interface Tongue {
  readonly language: string;
  readonly words: List;
  /** Between words, between clauses, and at the end of a sentence. */
  readonly gap: string;
  readonly comma: List;
  readonly stop: List;
  /** The fewest and most words of a clause. */
  readonly clause: readonly [number, number];
  readonly openings: List;
  readonly tags: List;
  readonly categories: Choice<List>;
  readonly authors: List;
  readonly quotes: readonly [string, string];
  /** For headings of tables and captions of pictures. */
  readonly labels: List;
  readonly colon: string;
}

const split = (text: string, by: string | RegExp = /\s+/): List => {
  const [first = "", ...others] = text.trim().split(by);
  return [first, ...others];
};

export const ENGLISH: Tongue = {
  language: "en",
  words: split(`
    the of and a to in is that it for was on with as be at by this not are from or have an they which one you were all
    her she there would their we him been has when who will no more if out so said what up its about into than them can
    only other time new some could these two may first then do any like my now over such our man me even most made after
    also did many off before must well back through years where much your way down should because long each just state
    those people too mr how little good world make very year still see own work men day get here old between both life
    being under three never know same last another while us might great go come since against right came take used
    himself few house american use place during high without again home around small however found mrs part school
    thought went say general once upon war left every don't does got united number hand course water until always away
    public something fact less though far put head think called set almost enough end took government night yet system
    better four nothing told eyes city going president why days present point didn't look find asked second group later
    next room social business knew program give half side face toward white five let young form given per order large
    several national important rather big often seemed within light power reader feed letter document version release
    server browser archive window channel subscription margin notebook weather garden kitchen railway mountain library
  `),
  gap: " ",
  comma: [", ", ", ", "; ", " – ", ": "],
  stop: [".", ".", ".", "?", "!"],
  clause: [4, 11],
  openings: split(
    "However Meanwhile Today Sometimes Later Yesterday Still There It We I You They In On For After When",
  ),
  tags: split(
    `feeds writing javascript books travel typescript web photography css linux music food history gardening python
     accessibility privacy walking reading databases rust typography cycling email radio maps film git go cooking
     testing security design health economics performance aws docker kubernetes ocean birds chess`,
  ),
  categories: [
    ["Tech", "Web"],
    ["Life"],
    ["Tech", "Languages"],
    ["Books"],
    ["Travel", "Europe"],
    ["Notes"],
    ["Tech", "Systems", "Databases"],
    ["Food"],
  ],
  authors: ["Ada Field", "Bo Marsh", "ada"],
  quotes: ["“", "”"],
  labels: split("Name Value Size Date Version Notes Default Type Before After Cost Result Platform"),
  colon: ":",
};

export const CHINESE: Tongue = {
  language: "zh-CN",
  words: split(`
    的 是 我们 一个 在 了 这 有 不 人 和 就 都 也 说 到 他 要 上 会 着 没有 看 好 自己 这个 那 什么 可以 时候 因为 所以
    但是 如果 还是 已经 现在 知道 问题 时间 工作 生活 大家 觉得 东西 开始 需要 可能 方式 其实 一些 很多 之后 以前 事情
    内容 文章 读者 订阅 网站 手机 平台 信息 朋友 孩子 老人 农村 城市 乡亲 短视频 直播 喇叭 新闻 算法 推荐 选择 使用
    系统 服务 数据 文件 程序 代码 版本 更新 发布 配置 部署 浏览器 服务器 接口 缓存 性能 测试 函数 变量 参数 错误 日志
    春天 夏天 秋天 冬天 早上 晚上 山坡 河边 院子 灌溉 土地 粮食 苹果 花馍 面条 火车 公路 学校 老师 学生 图书馆 书店
    简单 复杂 重要 有趣 安静 热闹 慢慢 突然 终于 仍然 或者 而且 于是 然而 为了 关于 通过 按照 除了 一直 每天 每次 第一次
    认真 记录 写作 阅读 分享 讨论 学习 理解 解决 提供 支持 改变 发现 准备 离开 回来 坚持 相信 希望 记得 忘记 等待 打开
  `),
  ...{
    gap: "",
    comma: ["，", "，", "，", "；", "：", "——", "、"],
    space: "",
    stop: ["。", "。", "。", "？", "！", "……"],
  },
  clause: [3, 8],
  openings: split("后来 今天 其实 当然 不过 那时候 现在 有一天 我 他们 这 大家 如果 虽然 昨天 说到底 总之"),
  tags: split(
    `滴灌 短视频 生活 读书 前端 直播 旅行 乡村 随笔 摄影 工具 技术 历史 音乐 电影 美食 教育 算法 阅读器 写作 家乡 手机
     开源 后端 数据库 设计 运动 健康 周记 年终总结 RSS Hexo JavaScript Linux Python 机器学习 云计算 运维 面试 译文`,
  ),
  categories: [["技术", "前端"], ["生活"], ["随笔"], ["读书"], ["技术", "运维", "云计算"], ["旅行"], ["乡村", "直播"]],
  authors: ["王小麦", "李田", "wang"],
  quotes: ["「", "」"],
  labels: split("名称 数值 大小 日期 版本 说明 默认 类型 之前 之后 费用 结果 平台"),
  colon: "：",
};

/** Texts of inline code. */
export const NAMES = split(`
  npm index.html config.yaml getItem() --help rss.xml useState Array.from const parseInt() 404 /etc/hosts git&nbsp;log
  user_id SELECT true null Promise<void> a&b map.set(key,value) README.md src/main.rs 127.0.0.1 feed.json
`);

export const CODE_LINES: Choice<readonly [string, List]> = [
  [
    "js",
    [
      'import { readFile } from "node:fs/promises";',
      "const feeds = items.filter(({ published }) => published <= now);",
      "for (const item of feeds) {",
      "  if (item.title && item.link) seen.add(item.id);",
      "}",
      "export const escape = (text) => text.replace(/[<>&]/g, (c) => map[c]);",
      "  return await fetch(`https://api.example.com/v1/items?id=` + encodeURIComponent(id));",
      "// 这里要注意编码",
      "",
    ],
  ],
  [
    "python",
    [
      "import feedparser, json",
      "def parse(url: str) -> list[dict]:",
      '    """Read a feed & return its entries."""',
      "    feed = feedparser.parse(url)",
      '    return [{"title": e.title, "id": e.get("id")} for e in feed.entries if e.title]',
      "# 下面打印结果",
      'print(f"{len(entries)} entries < {limit}")',
      "",
    ],
  ],
  [
    "bash",
    [
      "$ sudo apt-get install -y nginx && systemctl enable nginx",
      "git clone https://example.com/field/notes.git",
      "npm ci && npm test -- --watch=false",
      "for f in *.md; do grep -l 'draft: true' \"$f\"; done",
      "curl -sS -o /dev/null -w '%{http_code}\\n' https://example.com/rss.xml",
    ],
  ],
  [
    "html",
    [
      '<link rel="alternate" type="application/rss+xml" href="/rss.xml">',
      '<div class="post" data-id="42">',
      "  <p>Tom &amp; Jerry</p>",
      "</div>",
      "<!-- footer -->",
    ],
  ],
  ["yaml", ["title: Field notes", "url: https://example.com/", "tags: [a, b]", "nested:", "  key: value # comment"]],
  ["", ["2024-10-15 08:20:25 INFO  start", "total 48K", "drwxr-xr-x  3 root root 4.0K  .", "└── posts", ""]],
];
