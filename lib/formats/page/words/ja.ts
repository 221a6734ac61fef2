/** The page's words in Japanese. */
import type { Words } from "./words.ts";

export const JA: Words = {
  skip: "本文へ移動",
  feeds: "フィード",
  one: {
    tags: "タグ",
    categories: "カテゴリー",
    authors: "著者",
    languages: "言語",
    sections: "セクション",
    channels: "セレクション",
    podcast: "ポッドキャスト",
  },
  many: {
    tags: "タグ",
    categories: "カテゴリー",
    authors: "著者",
    languages: "言語",
    sections: "セクション",
    channels: "セレクション",
  },
  subscribe: "購読する",
  aboutFeeds:
    "フィードを使うと、登録もメールアドレスもなしに新しい記事が届きます。アドレスをコピーして、フィードリーダーに貼り付けてください。",
  aboutPodcasts: "アドレスをコピーしてポッドキャストアプリに貼り付けると、新しいエピソードが自動で届きます。",
  sameInEach: "どの形式も内容は同じです。迷ったら最初のものをどうぞ。",
  copy: "コピー",
  copied: "コピー済み",
  newest: "新着記事",
  nothing: "まだ記事はありません。",
  parts: "一部だけを購読",
  rest: "全 {count} 件は {file} にあります",
  opml: "{file}：すべてのフィードをまとめてリーダーに取り込めるファイル",
  list: "{file}：プログラム用の同じ一覧",
  entries: (_, shown) => `全 ${shown} 件`,
  live: "ライブ配信中",
  upcoming: "配信予定",
  ended: "配信終了",
  audio: "音声",
  video: "動画",
};
