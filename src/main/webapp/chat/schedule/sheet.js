/** The style sheet of scheduled messages and reminders. The bundle has another module in this place (src/bundle), which contains it. */
export async function scheduleStyles() {
  const response = await fetch(new URL('schedule.css', import.meta.url), { credentials: 'omit' });
  if (!response.ok) throw new Error(`schedule.css: ${response.status}`);
  return response.text();
}
