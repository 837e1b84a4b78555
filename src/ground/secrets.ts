/** Which fields are nobody's business: they are neither read nor filled, whatever was granted. */
import type { Control } from './words.ts';

/** As of the `autocomplete` attribute. */
const SECRET_PURPOSE = /\b(?:cc-[a-z-]+|(?:current|new)-password|one-time-code)\b/;

const SECRET_WORDS = new RegExp(
  [
    'pass ?(?:word|phrase|code|wort)|\\bpwd\\b|kennwort|mot de passe|contrase(?:n|ñ)a|\\bpin\\b',
    '\\b(?:card|credit|debit|karten?)\\b.{0,12}(?:number|num\\b|no\\b|nummer)|\\bcc ?(?:num|number|no)?\\b',
    '\\bc(?:vc|vv|sc|id)2?\\b|security ?code|card ?code|\\biban\\b|(?:account|routing) ?number|sort ?code',
    '\\bssn\\b|social ?security|tax ?id|passport|\\botp\\b|(?:one ?time|verification|2fa) ?(?:code|token)|\\bsecret\\b',
  ].join('|'),
  'i',
);

const words = (text: string): string => text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replace(/[_.[\]-]+/g, ' ');

/** Whether a field is a password, a card number, a file or something else that only the person may see. */
export function isSecret(control: Control, label: string): boolean {
  if (control.type === 'password' || control.type === 'file') return true;
  const purpose = (control.getAttribute('autocomplete') ?? '').toLowerCase();
  if (SECRET_PURPOSE.test(purpose)) return true;
  // What says plainly what it is for is not judged by its words.
  if (!['', 'on', 'off'].includes(purpose)) return false;
  return [label, control.name, control.id].some((text) => SECRET_WORDS.test(words(text)));
}

/** Whether a text holds a card number: 13 to 19 digits with a right check digit. */
export function hasCardNumber(text: string): boolean {
  return (text.match(/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g) ?? []).some((found) => {
    const digits = Array.from(found.replace(/\D/g, ''), Number).toReversed();
    const sum = digits.reduce((total, digit, at) => {
      const twice = digit * 2;
      return total + (at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice);
    }, 0);
    return sum % 10 === 0;
  });
}
