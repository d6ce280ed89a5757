#!/bin/sh
# Makes the modules of the package @parley/client in target/npm/dist. Usage: make.sh <esbuild>
# What several entries need is in shared chunks, and what is loaded on first use in chunks of its own. It is not minified: that is left to
# the bundler of the page.
set -eu
esbuild=$1
chmod u+x "$esbuild"
source=target/npm-source
rm -rf "$source" target/npm/dist
mkdir -p "$source/main/webapp" target/npm/dist
cp -R src/main/webapp/chat "$source/main/webapp/chat"
cp -R src/npm "$source/npm"
cp src/bundle/style-texts.js "$source/main/webapp/chat/view/style-texts.js"
cp src/bundle/document-sheet.js "$source/main/webapp/chat/document/sheet.js"
cp src/bundle/call-sheet.js "$source/main/webapp/chat/call/sheet.js"
cp src/bundle/slash-sheet.js "$source/main/webapp/chat/slash/sheet.js"
cp src/bundle/schedule-sheet.js "$source/main/webapp/chat/schedule/sheet.js"
cp src/bundle/moderation-sheet.js "$source/main/webapp/chat/moderation/sheet.js"
cp src/npm/place.js "$source/main/webapp/chat/place.js"
find "$source/main" -name '*.css' | while read -r sheet; do
  "$esbuild" "$sheet" --minify --log-level=warning --allow-overwrite --outfile="$sheet"
done
(cd "$source/npm" && "../../../$esbuild" index.js element.js react.js vue.js --bundle --splitting --format=esm --target=es2022 --charset=utf8 \
  --legal-comments=none --log-level=warning --loader:.css=text --external:react --external:vue --chunk-names='chunks/[name]-[hash]' \
  --outdir=../../npm/dist)
cp LICENSE src/npm/README.md target/npm/
cp src/main/webapp/chat/parts/LICENSES.txt target/npm/dist/
