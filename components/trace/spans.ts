/** Durations and moments in the words of a place. Pure. */

const formats = new Map<string, Intl.NumberFormat>();

function inUnit(locale: string, value: number, unit: string, digits: number): string {
  const key = `${locale}|${unit}|${digits}`;
  const known =
    formats.get(key) ??
    new Intl.NumberFormat(locale || [], {
      ...{ style: 'unit', unit, unitDisplay: 'short' },
      maximumFractionDigits: digits,
    });
  formats.set(key, known);
  return known.format(value);
}

/** Milliseconds as a person says them: `12 ms`, `1.2 s`, `3.5 min`, `2.5 hr`. */
export function spanWords(ms: number, locale: string): string {
  if (ms < 999.5) return inUnit(locale, Math.max(0, ms), 'millisecond', ms < 10 ? 1 : 0);
  if (ms < 59_950) return inUnit(locale, ms / 1000, 'second', 1);
  if (ms < 3_597_000) return inUnit(locale, ms / 60_000, 'minute', 1);
  return inUnit(locale, ms / 3_600_000, 'hour', 1);
}

/** The time of a day, with that day where it is another one. */
export function momentWords(moment: number, now: number, locale: string): string {
  const isToday = new Date(moment).toDateString() === new Date(now).toDateString();
  return new Date(moment).toLocaleString(
    locale || [],
    isToday ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'medium' },
  );
}
