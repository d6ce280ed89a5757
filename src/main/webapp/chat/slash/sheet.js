/** The style sheet of bots. The bundle has another module in this place (src/bundle), which contains it. */
export async function slashStyles() {
  const response = await fetch(new URL('slash.css', import.meta.url), { credentials: 'omit' });
  if (!response.ok) throw new Error(`slash.css: ${response.status}`);
  return response.text();
}
