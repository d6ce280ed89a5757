/** The style sheet of announcements. The bundle has another module in this place (src/bundle), which contains it. */
export async function announcementStyles() {
  const response = await fetch(new URL('announcement.css', import.meta.url), { credentials: 'omit' });
  if (!response.ok) throw new Error(`announcement.css: ${response.status}`);
  return response.text();
}
