#!/usr/bin/env bash
# Stands in for the tools of a runner: Dripfeed is the one of this checkout, a generator writes the pages that were prepared for
# it, buckets and servers are folders, and nothing asks a network.
set -euo pipefail

dripfeed() {
  "$NODE" "$CHECKOUT/lib/dripfeed.js" "${@//s3:\/\//$ELSEWHERE/}"
}

build() {
  if [[ $CLEARS == true ]]; then rm -rf "$OUTPUT"; fi
  mkdir -p "$OUTPUT"
  cp -R "$BUILT/." "$OUTPUT/"
}

case "$*" in
  "npx dripfeed "*) dripfeed "${@:3}" ;;
  "npm run -s dripfeed -- "*) dripfeed "${@:6}" ;;
  "npm ci" | "npm install --no-save ./dripfeed-$VERSION.tgz") ;;
  "npm run build" | "npx hexo generate" | "npx astro build" | "npx @11ty/eleventy" | "hugo --gc --minify" | "bundle exec jekyll build") build ;;
  "rsync -a --delete public/ deploy@example.com:/srv/www/blog/")
    rm -rf "$ELSEWHERE/server"
    cp -R public "$ELSEWHERE/server"
    ;;
  "gh pr list --head dripfeed-pull --base main --state open --json number --jq length")
    if [[ -e $ELSEWHERE/pullrequest ]]; then echo 1; else echo 0; fi
    ;;
  "gh pr create --head dripfeed-pull --base main --title "* | "gh pr comment dripfeed-pull --body "*)
    [[ $GH_TOKEN == token ]]
    printf '%s\n' "${!#}" >> "$ELSEWHERE/pullrequest"
    ;;
  "aws lambda invoke "*)
    cd "$ELSEWHERE"
    "$NODE" "$CHECKOUT/lib/dripfeed.js" publish --content content --json > "$OLDPWD/${!#}"
    ;;
  *)
    echo "no stand-in for: $*" >&2
    exit 64
    ;;
esac
