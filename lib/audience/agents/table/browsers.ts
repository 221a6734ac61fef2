/** Browsers, the most particular first: Edge says that it is Chrome, and Chrome says that it is Safari. */
import type { AgentRow } from "./row.ts";

export const BROWSERS: readonly AgentRow[] = [
  ["Edge", "Edg", "EdgA", "EdgiOS", "Edge"],
  ["Opera", "OPR", "OPiOS", "OPT", "Opera"],
  ["Samsung Internet", "SamsungBrowser"],
  ["Yandex Browser", "YaBrowser"],
  ["Vivaldi"],
  ["DuckDuckGo", "DuckDuckGo", "Ddg"],
  ["UC Browser", "UCBrowser", "UCWEB"],
  ["QQ Browser", "MQQBrowser", "QQBrowser"],
  ["WeChat", "MicroMessenger"],
  ["MIUI Browser", "MiuiBrowser"],
  ["Huawei Browser", "HuaweiBrowser"],
  ["Facebook app", "FBAN", "FBAV"],
  ["Google app", "GSA"],
  ["Firefox", "Firefox", "FxiOS", "Focus"],
  ["Electron app", "Electron"],
  ["Chrome", "Chrome", "CriOS", "Chromium"],
  ["Internet Explorer", "MSIE", "Trident"],
  ["Safari", "Safari", "MobileSafari"],
  ["WebKit", "AppleWebKit"],
];
