/** Which fields are nobody's business: they are neither read nor filled, whatever was granted. */
import type { Control } from './words.ts';

/** As of the `autocomplete` attribute. */
const SECRET_PURPOSE = /\b(?:cc-[a-z-]+|(?:current|new)-password|one-time-code)\b/;

const SECRET_WORDS = new RegExp(
  [
    'pass ?(?:word|phrase|code|wort)|\\bpwd\\b|kennwort|mot de passe|contrase(?:n|ñ)a|\\bpin\\b',
    '\\b(?:card|credit|debit|karten?)\\b.{0,12}(?:number|num\\b|no\\b|nummer)|\\bcc ?(?:num|number|no)?\\b',
    '\\bc(?:vc|vv|sc|id)2?\\b|security ?code|card ?code|\\biban\\b|(?:account|routing) ?number|sort ?code',
    '\\bsenhas?\\b|wachtwoord|l(?:ö|oe)senord|adgangskode|passord|salasana|has(?:ł|l)o\\b|\\bheslo\\b|jelsz(?:ó|o)|parol[aă]?\\b|(?:ş|s)ifre',
    'парол[ья]|סיסמ|كلمة (?:ال)?(?:مرور|سر)|密[码碼]|パスワード|暗証番号|비밀번호|รหัสผ่าน|mật khẩu|πρόσβασης',
    '\\bssn\\b|social ?security|tax ?id|passport|\\botp\\b|(?:one ?time|verification|2fa) ?(?:code|token)|\\bsecret\\b',
  ].join('|'),
  'i',
);

const words = (text: string): string => text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replace(/[_.[\]-]+/g, ' ');

/** What a field may say that it is for, as the standard has it: anything else is a way to switch filling in off. */
const PURPOSE = new RegExp(
  [
    '(?:^|\\s)(?:(?:given-|family-|additional-|country-)?name|honorific-\\w+|nickname|username|organization(?:-title)?|street-address',
    'address-\\w+|country|postal-code|transaction-\\w+|language|bday[\\w-]*|sex|url|photo|tel[\\w-]*|email|impp)(?: webauthn)?$',
  ].join('|'),
);

/** What has once been a field for a password stays one, also while a page shows what was typed into it. */
const passwords = new WeakSet<Control>();

function isMasked(control: Control): boolean {
  if (control.type === 'password') passwords.add(control);
  const masking = getComputedStyle(control).getPropertyValue('-webkit-text-security');
  return passwords.has(control) || !['', 'none'].includes(masking);
}

/**
 * Whether a field is a password, a card number, a file or something else that only the person may see.
 *
 * @param group the heading of the group that it is in.
 */
export function isSecret(control: Control, label: string, group: string): boolean {
  if (isMasked(control) || control.type === 'file') return true;
  const purpose = (control.getAttribute('autocomplete') ?? '').toLowerCase();
  if (SECRET_PURPOSE.test(purpose)) return true;
  // What says plainly what it is for is not judged by its words.
  if (PURPOSE.test(purpose)) return false;
  const hint = control instanceof HTMLSelectElement ? '' : control.placeholder;
  const said = [label, `${group} ${label}`, control.name, control.id, control.title, hint];
  return said.some((text) => SECRET_WORDS.test(words(text)));
}

const LONG_NUMBER = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;

function isCardNumber(found: string, least: number): boolean {
  const digits = Array.from(found.replace(/\D/g, ''), Number).toReversed();
  const sum = digits.reduce((total, digit, at) => {
    const twice = digit * 2;
    return total + (at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice);
  }, 0);
  return digits.length >= least && sum % 10 === 0;
}

/** Whether a text holds a card number: 13 to 19 digits with a right check digit. @param least so many digits */
export const hasCardNumber = (text: string, least = 13): boolean =>
  (text.match(LONG_NUMBER) ?? []).some((found) => isCardNumber(found, least));

/** A text without the card numbers in it. */
export const withoutCardNumbers = (text: string): string =>
  text.replace(LONG_NUMBER, (found) => (isCardNumber(found, 13) ? '…' : found));
