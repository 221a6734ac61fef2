/** The page's words in Chinese, Japanese and Korean. */
import type { Words } from "./words.ts";

export const ZH_HANS: Words = {
  skip: "跳到正文",
  feeds: "订阅源",
  one: {
    ...{ tags: "标签", categories: "分类", authors: "作者", languages: "语言", sections: "栏目" },
    ...{ channels: "精选", podcast: "播客" },
  },
  many: {
    ...{ tags: "标签", categories: "分类", authors: "作者", languages: "语言", sections: "栏目" },
    channels: "精选",
  },
  subscribe: "订阅",
  what: "订阅源会把新文章送到你面前，不用注册，也不用留邮箱：复制地址，粘贴到阅读器里就行。",
  podcast: "复制地址，粘贴到播客应用里，新节目就会自动送达。",
  sameInEach: "几种格式内容相同，拿不准就选第一个。",
  ...{ copy: "复制地址", copied: "已复制", newest: "最新文章", nothing: "这里还没有文章。" },
  parts: "按需订阅",
  rest: "全部 {count} 个见 {file}",
  opml: "{file}：所有订阅源都在这一个文件里，可以一次导入阅读器",
  list: "{file}：同一份清单，供程序读取",
  entries: (_, shown) => `共 ${shown} 篇`,
  ...{ live: "正在直播", upcoming: "直播预告", ended: "直播已结束", audio: "音频", video: "视频" },
};

export const ZH_HANT: Words = {
  skip: "跳到內文",
  feeds: "訂閱源",
  one: {
    ...{ tags: "標籤", categories: "分類", authors: "作者", languages: "語言", sections: "專欄" },
    ...{ channels: "精選", podcast: "Podcast" },
  },
  many: {
    ...{ tags: "標籤", categories: "分類", authors: "作者", languages: "語言", sections: "專欄" },
    channels: "精選",
  },
  subscribe: "訂閱",
  what: "訂閱源會把新文章送到你面前，不必註冊，也不必留信箱：複製網址，貼到閱讀器裡就好。",
  podcast: "複製網址，貼到 Podcast 應用程式裡，新節目就會自動送達。",
  sameInEach: "幾種格式內容相同，拿不定主意就選第一個。",
  ...{ copy: "複製網址", copied: "已複製", newest: "最新文章", nothing: "這裡還沒有文章。" },
  parts: "按需訂閱",
  rest: "全部 {count} 個見 {file}",
  opml: "{file}：所有訂閱源都在這一個檔案裡，可以一次匯入閱讀器",
  list: "{file}：同一份清單，供程式讀取",
  entries: (_, shown) => `共 ${shown} 篇`,
  ...{ live: "正在直播", upcoming: "直播預告", ended: "直播已結束", audio: "音訊", video: "影片" },
};

export const JA: Words = {
  skip: "本文へ移動",
  feeds: "フィード",
  one: {
    ...{ tags: "タグ", categories: "カテゴリー", authors: "著者", languages: "言語", sections: "セクション" },
    ...{ channels: "セレクション", podcast: "ポッドキャスト" },
  },
  many: {
    ...{ tags: "タグ", categories: "カテゴリー", authors: "著者", languages: "言語", sections: "セクション" },
    channels: "セレクション",
  },
  subscribe: "購読する",
  what: "フィードを使うと、登録もメールアドレスもなしに新しい記事が届きます。アドレスをコピーして、フィードリーダーに貼り付けてください。",
  podcast: "アドレスをコピーしてポッドキャストアプリに貼り付けると、新しいエピソードが自動で届きます。",
  sameInEach: "どの形式も内容は同じです。迷ったら最初のものをどうぞ。",
  ...{ copy: "コピー", copied: "コピー済み", newest: "新着記事", nothing: "まだ記事はありません。" },
  parts: "一部だけを購読",
  rest: "全 {count} 件は {file} にあります",
  opml: "{file}：すべてのフィードをまとめてリーダーに取り込めるファイル",
  list: "{file}：プログラム用の同じ一覧",
  entries: (_, shown) => `全 ${shown} 件`,
  ...{ live: "ライブ配信中", upcoming: "配信予定", ended: "配信終了", audio: "音声", video: "動画" },
};

export const KO: Words = {
  skip: "본문으로 건너뛰기",
  feeds: "피드",
  one: {
    ...{ tags: "태그", categories: "카테고리", authors: "글쓴이", languages: "언어", sections: "섹션" },
    ...{ channels: "모음", podcast: "팟캐스트" },
  },
  many: {
    ...{ tags: "태그", categories: "카테고리", authors: "글쓴이", languages: "언어", sections: "섹션" },
    channels: "모음",
  },
  subscribe: "구독하기",
  what: "피드를 구독하면 가입이나 이메일 없이도 새 글을 받아볼 수 있습니다. 주소를 복사해 피드 리더에 붙여 넣으세요.",
  podcast: "주소를 복사해 팟캐스트 앱에 붙여 넣으면 새 에피소드가 자동으로 도착합니다.",
  sameInEach: "형식이 달라도 내용은 같습니다. 잘 모르겠다면 첫 번째를 고르세요.",
  ...{ copy: "복사", copied: "복사됨", newest: "최근 글", nothing: "아직 글이 없습니다." },
  parts: "일부만 구독하기",
  rest: "전체 {count}개는 {file}에 있습니다",
  opml: "{file}: 모든 피드를 리더로 한 번에 가져올 수 있는 파일",
  list: "{file}: 프로그램을 위한 같은 목록",
  entries: (_, shown) => `글 ${shown}개`,
  ...{ live: "생방송 중", upcoming: "방송 예정", ended: "방송 종료", audio: "오디오", video: "동영상" },
};
