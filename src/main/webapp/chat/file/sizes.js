/** How files are named in words. Pure. */
import { locale } from '../strings.js';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** A number of bytes, such as "3.4 MB". */
export function bytes(count) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const value = count / 1000 ** power;
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: UNITS[power], unitDisplay: power ? 'short' : 'long', maximumFractionDigits: power && value < 10 ? 1 : 0 }).format(value);
}

/** A number of seconds as players show it, such as 1:05. */
export function clockTime(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** @returns {'picture' | 'sound' | 'video' | 'file'} */
export function kindOf({ type, thumbnail, width }) {
  if (thumbnail && width && /^image\/(png|jpeg|gif|webp)$/.test(type)) return 'picture';
  if (/^audio\/(mpeg|mp4|ogg|wav|flac|webm|aac)$/.test(type)) return 'sound';
  if (/^video\/(mp4|webm|ogg|quicktime)$/.test(type)) return 'video';
  return 'file';
}

/** A short name of a type, for the badge of a card. */
export function badge({ name, type }) {
  const known = { 'application/pdf': 'PDF', 'application/zip': 'ZIP', 'text/plain': 'TXT', 'text/html': 'HTML', 'image/svg+xml': 'SVG' }[type];
  const extension = /\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1];
  const program = /executable|msdownload|dosexec|x-sh$|x-elf|mach-o/.test(type);
  return known ?? (program ? 'EXE' : (extension?.toUpperCase() ?? 'BIN'));
}
