/** Numbers, sizes and dates as people read them. */
import type { Size } from './catalogue.ts';
import type { UnitSystem } from './state.ts';
import { convert } from './units.ts';

const LOCALE = 'en-GB';
const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'EUR' });
const plain = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 4 });
const tiny = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 4 });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const shortDay = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric', month: 'short' });
const farDay = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const longDay = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** Euro cents as an amount, such as `€25.80`. */
export function formatMoney(cents: number): string {
  return money.format(cents / 100);
}

/** A number with up to four decimals; small ones keep four digits that count. */
export function formatNumber(value: number): string {
  return Math.abs(value) < 0.01 ? tiny.format(value) : plain.format(value);
}

/** A size in the units that a person reads, such as `250 g` or `8.8 oz`. */
export function formatSize({ value, unit }: Size, system: UnitSystem): string {
  if (unit === 'pieces') return `${value} pieces`;
  if (system === 'imperial') {
    const [amount, symbol] =
      unit === 'g' ? [convert(value, 'g', 'oz'), 'oz'] : [convert(value, 'ml', 'fl oz'), 'fl oz'];
    return `${formatNumber(Math.round(amount * 10) / 10)} ${symbol}`;
  }
  return unit === 'ml' && value >= 1000 ? `${formatNumber(value / 1000)} l` : `${value} ${unit}`;
}

/** The day and the time of a date, such as `Tuesday 24 November 2026, 09:00`. */
export function formatDateTime(date: Date): string {
  return `${longDay.format(date)}, ${clock.format(date)}`;
}

/** A near date, in few words: `today 09:00`, `tomorrow 09:00`, `Thu 26 Nov 09:00`. */
export function formatNear(date: Date, now: Date): string {
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const day =
    date.toDateString() === now.toDateString()
      ? 'today'
      : date.toDateString() === tomorrow.toDateString()
        ? 'tomorrow'
        : (date.getFullYear() === now.getFullYear() ? shortDay : farDay).format(date);
  return `${day} ${clock.format(date)}`;
}

/** `1 bag`, `2 bags`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * The local wall-clock form of a date and time, `YYYY-MM-DDTHH:mm`. Throws a sentence for people when `text` is none.
 *
 * @example
 * localMinutes('2026-11-24T09:00:30'); // '2026-11-24T09:00'
 */
export function localMinutes(text: string): string {
  const date = new Date(text);
  if (!text.includes('T') || Number.isNaN(date.getTime())) {
    throw new Error(`“${text}” is not a date and time such as 2026-11-24T09:00.`);
  }
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
