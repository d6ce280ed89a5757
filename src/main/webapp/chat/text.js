/** What counts as nothing written, as the server decides it. Pure. */
const NOTHING_SEEN = /^[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether a reader would see nothing of it. */
export function isBlank(text) {
  return NOTHING_SEEN.test(text);
}
