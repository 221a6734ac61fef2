/** The words of the author's page in simplified Chinese. */
import type { AudienceWords } from "./words.ts";

export const AUDIENCE_ZH_HANS: AudienceWords = {
  skip: "跳到正文",
  betweenSentences: "",
  audience: "读者",
  titleOf: (site) => `${site}：读者`,
  subscribersOn: (_, day) => `位订阅者，${day}`,
  partial: "这一天还没有结束：数字只到目前为止，还会增加。",
  counted: ({ shown, of }, from, to, requests) =>
    `${from}至${to}共 ${of} 天，统计了${shown === of ? "每一天" : `其中 ${shown} 天`}，依据 ${requests} 个请求。`,
  nothing: "还没有统计数据。",
  countFirst: "数字来自访问日志。请给出日志所在的文件夹或存储桶：",
  afterwards: "统计结果会保留下来，日志可以删除。之后再生成本页即可。",

  subscribers: "订阅者",
  reported: "聚合服务报告",
  estimated: "估计",
  in7: "7 天内",
  in30: "30 天内",
  day: "日期",
  dash: "–：用来比较的那一天没有统计。",
  dashUncounted: "–：这一天没有统计。",

  overTime: "订阅者变化",
  moved: ({ first, firstDay, last, lastDay, highest, highestDay }) =>
    `${firstDay}为 ${first}，${lastDay}为 ${last}；最多的一天是${highestDay}，为 ${highest}。`,
  named: (name, sentence) => `${name}：${sentence}`,
  oneDay: "目前只统计了一天，有了两天就会画出曲线。",
  uncounted: (_, shown) => `有 ${shown} 天没有统计，曲线在那里中断。`,
  saidLine: "聚合服务报告",
  totalLine: "全部，含估计",
  gap: "没有统计",
  byDay: "每天的数字",

  channels: "频道",
  channel: "频道",
  channelsNote: (from, to) =>
    `${from}至${to}。每幅小图的纵轴各自从 0 到自己的最高值，最高值写在图下；不同小图的高低不能互相比较。`,
  someOf: (shown, all) => `共 ${all} 个频道，这里是订阅者最多的 ${shown} 个。`,
  highest: (count) => `最高：${count}`,
  someDays: "其中一些日子的数字",
  allChannels: (_, shown) => `全部 ${shown} 个频道的表格`,
  browsers: "浏览器",
  browsersNote: "“浏览器”是当天打开过订阅源或其页面的浏览器，不算订阅者。",
  gone: "已停止发布",
  changeIn7: (change) => `7 天内 ${change}`,
  changeIn30: (change) => `30 天内 ${change}`,

  readers: "用什么读",
  reader: "阅读器",
  readersNote:
    "带 ~ 的是估计：当天不同的客户端数。不带 ~ 的是聚合服务自己报告的数字；? 表示它替许多人请求，但没有说多少人。",
  rest: (_, shown) => `另外 ${shown} 个`,
  leftOut: (_, shown) => `还有 ${shown} 个不在本页。`,

  recordings: "节目、视频和直播",
  recording: "标题",
  recordingsNote: "柱形是发布后前 30 天每天的下载次数，每幅图各有自己的纵轴；底线断开的地方，那一天没有统计。",
  published: "发布日期",
  stream: "直播",
  downloads: (_, shown) => `${shown} 次下载`,
  listeners: (_, shown) => `${shown} 位听众`,
  total: "全部",
  last7: "最近 7 天",
  last30: "最近 30 天",
  lastDays: (seven, thirty) => `最近 7 天 ${seven}，最近 30 天 ${thirty}`,
  estimatedOf: (_, shown) => `；总数中约 ${shown} 为估计`,
  firstDays: (title, total, days, highest) =>
    `${title}：前 30 天中统计了 ${days} 天，共 ${total}，一天最多 ${highest}。`,
  highestDay: (count) => `一天最多：${count}`,
  allRecordings: (_, shown) => `全部 ${shown} 个的表格`,
  byFirstDay: "前 30 天的表格",

  toDo: "可以做什么",
  nothingToDo: "没有：每个频道都有人读，也没有人扑空。",
  unread: "没有人读的频道",
  unreadNote: "最近 30 天里统计过的日子，没有人请求过它们。可以停掉，或者把链接放到读者看得见的地方。",
  missing: "有人请求，但不存在",
  missingNote:
    "最近 30 天有阅读器请求过这些地址。如果它们曾经是订阅源，就写进 site.yaml 的 aliases，重新发布，并让服务器知道。",
  served: "（site.yaml 里已经有了；如果还是 404，请检查服务器）",
  address: "地址",
  requests: "请求",
  former: "仍在使用的旧地址",
  formerNote: "最近 30 天仍有阅读器请求它们。只要还有人用，就请保留。",
  kind: "种类",
  alias: "别名",
  retired: "已停用",
  wasteful: "反复下载相同内容的阅读器",
  wastefulNote:
    "最近 7 天，它们不带条件地请求，又收到了已有的内容。它们的开发者可以加上 If-None-Match 或 If-Modified-Since。",
  unconditional:
    "最近 7 天没有一次回答 304，也就是说，每个阅读器每次都下载整个订阅源。让服务器发送 ETag 或 Last-Modified，并处理 If-None-Match。",
  again: "最多重复发送",
  bytes: "约合流量",
  doubtful: "可疑的数字",
  doubtfulNote:
    "某个聚合服务报告的数字超过了以前的十倍，或者一个没听说过的服务超过了其他所有服务之和的十倍。这些数字不算数，以它前一天的数字代替。",
  count: "报告",
  before: "以前",

  how: "怎么统计的",
  howSentences: [
    "聚合服务会说明替多少人请求：每个频道在每个 UTC 日取最高的数字；不说明的阅读器按不同的地址和程序组合计数，这是估计。",
    "下载次数依照 IAB 的播客测量指南：至少一分钟的内容，同一地址、同一程序一天只算一次，不含机器人。",
    "不保留任何地址，也不保留由地址得出的任何东西；程序报告的数字可能是伪造的。",
  ],
};
