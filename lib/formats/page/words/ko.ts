/** The page's words in Korean. */
import type { Words } from "./words.ts";

export const KO: Words = {
  skip: "본문으로 건너뛰기",
  feeds: "피드",
  one: {
    tags: "태그",
    categories: "카테고리",
    authors: "글쓴이",
    languages: "언어",
    sections: "섹션",
    channels: "모음",
    podcast: "팟캐스트",
  },
  many: {
    tags: "태그",
    categories: "카테고리",
    authors: "글쓴이",
    languages: "언어",
    sections: "섹션",
    channels: "모음",
  },
  subscribe: "구독하기",
  aboutFeeds:
    "피드를 구독하면 가입이나 이메일 없이도 새 글을 받아볼 수 있습니다. 주소를 복사해 피드 리더에 붙여 넣으세요.",
  aboutPodcasts: "주소를 복사해 팟캐스트 앱에 붙여 넣으면 새 에피소드가 자동으로 도착합니다.",
  sameInEach: "형식이 달라도 내용은 같습니다. 잘 모르겠다면 첫 번째를 고르세요.",
  copy: "복사",
  copied: "복사됨",
  newest: "최근 글",
  nothing: "아직 글이 없습니다.",
  parts: "일부만 구독하기",
  rest: "전체 {count}개는 {file}에 있습니다",
  opml: "{file}: 모든 피드를 리더로 한 번에 가져올 수 있는 파일",
  list: "{file}: 프로그램을 위한 같은 목록",
  entries: (_, shown) => `글 ${shown}개`,
  live: "생방송 중",
  upcoming: "방송 예정",
  ended: "방송 종료",
  audio: "오디오",
  video: "동영상",
};
