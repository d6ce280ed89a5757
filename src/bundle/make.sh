#!/bin/sh
# Makes target/bundle: chat/parley-chat.js with the client's modules and styles in one file, its source map, which names the modules beside
# it in the WAR, a file for each language but English, one for the search, and portal.js. Usage: make.sh <esbuild>
set -eu
esbuild=$1
made=target/bundle/chat
# Archives of Maven don't keep this bit.
chmod u+x "$esbuild"
rm -rf target/bundle target/bundling
mkdir -p "$made"
cp -R src/main/webapp/chat target/bundling
cp src/bundle/style-texts.js target/bundling/view/style-texts.js
find target/bundling -name '*.css' | while read -r sheet; do
  "$esbuild" "$sheet" --minify --log-level=warning --allow-overwrite --outfile="$sheet"
done
mkdir "$made/language"
languages=
for file in target/bundling/language/??.js; do
  language=$(basename "$file" .js)
  [ "$language" = en ] && continue
  languages="$languages --external:./language/$language.js"
  "$esbuild" "$file" --format=esm --target=es2022 --minify --charset=utf8 --log-level=warning --outfile="$made/language/$language.js"
done
# The parts, the languages, the search and the fallback outside are loaded on first use.
# shellcheck disable=SC2086
"$esbuild" target/bundling/parley-chat.js --bundle --format=esm --target=es2022 --minify --charset=utf8 --legal-comments=none \
  --log-level=warning --loader:.css=text '--external:./parts/*' --external:./connection/stream-socket.js --external:./search/search.js $languages \
  --banner:js='// The licenses of parts by other projects: parts/LICENSES.txt' \
  --sourcemap --sources-content=false --allow-overwrite --outfile=target/bundling/parley-chat.js
mkdir "$made/search"
"$esbuild" target/bundling/search/search.js --bundle --format=esm --target=es2022 --minify --charset=utf8 --legal-comments=none \
  --log-level=warning --outfile="$made/search/search.js"
# The example portal with its sign-in and its words, but German.
"$esbuild" src/main/webapp/portal.js --bundle --format=esm --target=es2022 --minify --charset=utf8 --legal-comments=none \
  --log-level=warning --external:./portal-de.js --external:./chat/parley-chat.js --outfile=target/bundle/portal.js
mv target/bundling/parley-chat.js target/bundling/parley-chat.js.map "$made"
