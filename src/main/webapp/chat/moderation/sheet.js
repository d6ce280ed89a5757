/** The style sheet of the moderation dialog. The bundle has another module in this place (src/bundle), which contains it. */
export async function moderationStyles() {
  const response = await fetch(new URL('moderation.css', import.meta.url), { credentials: 'omit' });
  if (!response.ok) throw new Error(`moderation.css: ${response.status}`);
  return response.text();
}
