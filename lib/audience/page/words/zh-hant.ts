/** The words of the author's page in traditional Chinese. */
import type { AudienceWords } from "./words.ts";

export const AUDIENCE_ZH_HANT: AudienceWords = {
  skip: "跳到內文",
  betweenSentences: "",
  audience: "讀者",
  titleOf: (site) => `${site}：讀者`,
  subscribersOn: (_, day) => `位訂閱者，${day}`,
  partial: "這一天還沒有結束：數字只到目前為止，還會增加。",
  counted: ({ shown, of }, from, to, requests) =>
    `${from}至${to}共 ${of} 天，統計了${shown === of ? "每一天" : `其中 ${shown} 天`}，依據 ${requests} 個請求。`,
  nothing: "還沒有統計資料。",
  countFirst: "數字來自存取記錄。請給出存放記錄的資料夾或儲存貯體：",
  afterwards: "統計結果會保留下來，記錄可以刪除。之後再產生本頁即可。",

  subscribers: "訂閱者",
  reported: "聚合服務回報",
  estimated: "估計",
  in7: "7 天內",
  in30: "30 天內",
  day: "日期",
  dash: "–：用來比較的那一天沒有統計。",
  dashUncounted: "–：這一天沒有統計。",

  overTime: "訂閱者變化",
  moved: ({ first, firstDay, last, lastDay, highest, highestDay }) =>
    `${firstDay}為 ${first}，${lastDay}為 ${last}；最多的一天是${highestDay}，為 ${highest}。`,
  named: (name, sentence) => `${name}：${sentence}`,
  oneDay: "目前只統計了一天，有了兩天就會畫出曲線。",
  uncounted: (_, shown) => `有 ${shown} 天沒有統計，曲線在那裡中斷。`,
  saidLine: "聚合服務回報",
  totalLine: "全部，含估計",
  gap: "沒有統計",
  byDay: "每天的數字",

  channels: "頻道",
  channel: "頻道",
  channelsNote: (from, to) =>
    `${from}至${to}。每幅小圖的縱軸各自從 0 到自己的最高值，最高值寫在圖下；不同小圖的高低不能互相比較。`,
  someOf: (shown, all) => `共 ${all} 個頻道，這裡是訂閱者最多的 ${shown} 個。`,
  highest: (count) => `最高：${count}`,
  someDays: "其中一些日子的數字",
  allChannels: (_, shown) => `全部 ${shown} 個頻道的表格`,
  browsers: "瀏覽器",
  browsersNote: "「瀏覽器」是當天開啟過訂閱源或其頁面的瀏覽器，不算訂閱者。",
  gone: "已停止發布",
  changeIn7: (change) => `7 天內 ${change}`,
  changeIn30: (change) => `30 天內 ${change}`,

  readers: "用什麼讀",
  reader: "閱讀器",
  readersNote:
    "帶 ~ 的是估計：當天不同的用戶端數。不帶 ~ 的是聚合服務自己回報的數字；? 表示它替許多人請求，但沒有說多少人。",
  rest: (_, shown) => `另外 ${shown} 個`,
  leftOut: (_, shown) => `還有 ${shown} 個不在本頁。`,

  recordings: "節目、影片和直播",
  recording: "標題",
  recordingsNote: "柱形是發布後前 30 天每天的下載次數，每幅圖各有自己的縱軸；底線斷開的地方，那一天沒有統計。",
  published: "發布日期",
  stream: "直播",
  downloads: (_, shown) => `${shown} 次下載`,
  listeners: (_, shown) => `${shown} 位聽眾`,
  total: "全部",
  last7: "最近 7 天",
  last30: "最近 30 天",
  lastDays: (seven, thirty) => `最近 7 天 ${seven}，最近 30 天 ${thirty}`,
  estimatedOf: (_, shown) => `；總數中約 ${shown} 為估計`,
  firstDays: (title, total, days, highest) =>
    `${title}：前 30 天中統計了 ${days} 天，共 ${total}，一天最多 ${highest}。`,
  highestDay: (count) => `一天最多：${count}`,
  allRecordings: (_, shown) => `全部 ${shown} 個的表格`,
  byFirstDay: "前 30 天的表格",

  toDo: "可以做什麼",
  nothingToDo: "沒有：每個頻道都有人讀，也沒有人撲空。",
  unread: "沒有人讀的頻道",
  unreadNote: "最近 30 天裡統計過的日子，沒有人請求過它們。可以停掉，或者把連結放到讀者看得見的地方。",
  missing: "有人請求，但不存在",
  missingNote:
    "最近 30 天有閱讀器請求過這些網址。如果它們曾經是訂閱源，就寫進 site.yaml 的 aliases，重新發布，並讓伺服器知道。",
  served: "（site.yaml 裡已經有了；如果還是 404，請檢查伺服器）",
  address: "網址",
  requests: "請求",
  former: "仍在使用的舊網址",
  formerNote: "最近 30 天仍有閱讀器請求它們。只要還有人用，就請保留。",
  kind: "種類",
  alias: "別名",
  retired: "已停用",
  wasteful: "反覆下載相同內容的閱讀器",
  wastefulNote:
    "最近 7 天，它們不帶條件地請求，又收到了已有的內容。它們的開發者可以加上 If-None-Match 或 If-Modified-Since。",
  unconditional:
    "最近 7 天沒有一次回答 304，也就是說，每個閱讀器每次都下載整個訂閱源。讓伺服器發送 ETag 或 Last-Modified，並處理 If-None-Match。",
  again: "最多重複傳送",
  bytes: "約合流量",
  doubtful: "可疑的數字",
  doubtfulNote:
    "某個聚合服務回報的數字超過了以前的十倍，或者一個沒聽說過的服務超過了其他所有服務之和的十倍。這些數字不算數，以它前一天的數字代替。",
  count: "回報",
  before: "以前",

  how: "怎麼統計的",
  howSentences: [
    "聚合服務會說明替多少人請求：每個頻道在每個 UTC 日取最高的數字；不說明的閱讀器按不同的位址和程式組合計數，這是估計。",
    "下載次數依照 IAB 的 Podcast 測量指南：至少一分鐘的內容，同一位址、同一程式一天只算一次，不含機器人。",
    "不保留任何位址，也不保留由位址得出的任何東西；程式回報的數字可能是偽造的。",
  ],
};
