/** The style sheet of documents. The bundle has another module in this place (src/bundle), which contains it. */
export async function documentStyles() {
  const response = await fetch(new URL('document.css', import.meta.url), { credentials: 'omit' });
  if (!response.ok) throw new Error(`document.css: ${response.status}`);
  return response.text();
}
