/** The style sheet of calls. The bundle has another module in this place (src/bundle), which contains it. */
export async function callStyles() {
  const response = await fetch(new URL('call.css', import.meta.url), { credentials: 'omit' });
  if (!response.ok) throw new Error(`call.css: ${response.status}`);
  return response.text();
}
