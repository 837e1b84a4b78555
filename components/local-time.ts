/** Moments as fields for dates have them, and as JSON has them. Pure but for the time zone. */

const two = (value: number): string => String(Math.abs(value)).padStart(2, '0');

/** Whether a text is a day, such as 2026-11-25, as `format: date` has it. */
export function isDay(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = new Date(text);
  // The 31st of November would be read as the first of December.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

/** Whether a text is a moment with its offset, as `format: date-time` has it. */
export const isMoment = (text: unknown): boolean =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text));

/** A moment as the time here, to the minute and to the second where it has some: `2026-11-25T17:00`. */
export function toLocal(moment: string): string {
  const time = new Date(moment);
  const day = [String(time.getFullYear()).padStart(4, '0'), two(time.getMonth() + 1), two(time.getDate())].join('-');
  const seconds = time.getSeconds();
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}${seconds === 0 ? '' : `:${two(seconds)}`}`;
}

/** The time here as a moment, with the offset of that day; undefined for what is no time. */
export function fromLocal(local: string): string | undefined {
  const time = new Date(local);
  if (Number.isNaN(time.getTime())) return undefined;
  const offset = -time.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
  return `${toLocal(local).slice(0, 16)}:${two(time.getSeconds())}${zone}`;
}
