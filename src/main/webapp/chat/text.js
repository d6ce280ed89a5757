/** Which texts count as blank. The server uses the same rule. */
const BLANK = /^[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether the text has no visible character. */
export function isBlank(text) {
  return BLANK.test(text);
}
