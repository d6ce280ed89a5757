#!/bin/sh
# Makes target/bundle, which the WAR has in addition to the client's modules. Usage: make.sh <esbuild>
#   chat/parley-chat.js   the address that pages name: a few bytes, which import the code
#   chat/built/           the code, in files that are named by their content and never change: one for the first paint and the connection,
#                         one for the views with their styles, one for panels, and what is loaded on first use; their source maps name the
#                         modules in the WAR
#   index.html, built/    the example portal with its script and styles, also named by their content
set -eu
esbuild=$1
made=target/bundle
work=target/bundling
# Archives of Maven don't keep this bit.
chmod u+x "$esbuild"
rm -rf "$made" "$work"
mkdir -p "$made/chat" "$work"
cp -R src/main/webapp/chat "$work/chat"
cp src/bundle/style-texts.js "$work/chat/view/style-texts.js"
cp src/bundle/document-sheet.js "$work/chat/document/sheet.js"
cp src/bundle/call-sheet.js "$work/chat/call/sheet.js"
cp src/bundle/slash-sheet.js "$work/chat/slash/sheet.js"
cp src/bundle/schedule-sheet.js "$work/chat/schedule/sheet.js"
cp src/bundle/moderation-sheet.js "$work/chat/moderation/sheet.js"
cp src/bundle/announcement-sheet.js "$work/chat/announcement/sheet.js"
cp src/bundle/place.js "$work/chat/place.js"
find "$work" -name '*.css' | while read -r sheet; do
  "$esbuild" "$sheet" --minify --log-level=warning --allow-overwrite --outfile="$sheet"
done
# What is loaded later imports what is loaded before, so that esbuild puts that into a file of its own and never twice.
printf "import './parley-chat.js';\n" >>"$work/chat/views.js"
printf "import './views.js';\n" >>"$work/chat/panels.js"
printf "import './panels.js';\n" >>"$work/chat/documents.js"
printf "import './panels.js';\n" >>"$work/chat/calls.js"
printf "import './panels.js';\n" >>"$work/chat/slashes.js"
printf "import './panels.js';\n" >>"$work/chat/schedules.js"
printf "import './panels.js';\n" >>"$work/chat/moderations.js"
printf "import './views.js';\n" >>"$work/chat/announcements.js"
"$esbuild" "$work/chat/parley-chat.js" --bundle --splitting --format=esm --target=es2022 --minify --charset=utf8 --legal-comments=none \
  --log-level=warning --loader:.css=text --banner:js='// The licenses of parts by other projects: chat/parts/LICENSES.txt' \
  --sourcemap --sources-content=false --chunk-names='built/[name]-[hash]' --allow-overwrite --metafile="$work/meta.json" --outdir="$work/chat"
mv "$work/chat/parley-chat.js" "$made/chat/parley-chat.js"
mv "$work/chat/built" "$made/chat/built"
# The example portal with its sign-in and its words, but German.
cp src/main/webapp/portal*.js src/main/webapp/portal.css src/main/webapp/account.js src/main/webapp/sign-in.js src/main/webapp/storage.js "$work"
"$esbuild" "$work/portal.js" "$work/portal.css" --bundle --splitting --format=esm --target=es2022 --minify --charset=utf8 --legal-comments=none \
  --log-level=warning --external:./chat/parley-chat.js --entry-names='[name]-[hash]' --chunk-names='[name]-[hash]' --outdir="$made/built"
sed -i.bak 's#"\./chat/parley-chat\.js"#"../chat/parley-chat.js"#' "$made"/built/portal-*.js
rm "$made"/built/*.bak
icon=favicon-$(cksum <src/main/webapp/favicon.svg | cut -d ' ' -f 1).svg
cp src/main/webapp/favicon.svg "$made/built/$icon"
sed -e "s#favicon\.svg#built/$icon#" -e "s#\"portal\.css\"#\"built/$(basename "$made"/built/portal-*.css)\"#" \
  -e "s#\"portal\.js\"#\"built/$(cd "$made/built" && ls portal-*.js | grep -v portal-de)\"#" src/main/webapp/index.html >"$made/index.html"
