/**
 * What to do after a close. The code's range decides, so that codes added later are obeyed too. An unknown code outside the
 * protocol's ranges means back off.
 */
export const SIGN_IN = 'sign in';
export const STOP = 'stop';
export const BACK_OFF = 'back off';
export const AT_ONCE = 'at once';
export const AFTER = 'after';

const RESTART = 1012;
const SIGNED_OUT = 4001;
const LONGEST_RESTART = 120_000;

/**
 * `{then}`; for AFTER also the milliseconds, in `after`.
 *
 * @param {number} code
 * @param {string} [reason]
 * @returns {{ then: string, after?: number }}
 */
export function afterClose(code, reason = '') {
  if (code === RESTART) return restart(reason);
  if (code === SIGNED_OUT) return { then: SIGN_IN };
  if (code >= 4000 && code <= 4099) return { then: STOP };
  if (code >= 4200 && code <= 4299) return { then: AT_ONCE };
  return { then: BACK_OFF };
}

/** Whether the close blames a frame that we sent. Sending it again would close the next connection too. */
export function blamesAFrame(code) {
  return code === 1007 || code === 1009;
}

/**
 * @param {string} reason
 * @returns {{ then: string, after?: number }}
 */
function restart(reason) {
  try {
    const { after } = JSON.parse(reason);
    if (Number.isFinite(after) && after >= 0) return { then: AFTER, after: Math.min(after, LONGEST_RESTART) };
  } catch {
    // A restart that gives no time is treated like any other close.
  }
  return { then: BACK_OFF };
}
