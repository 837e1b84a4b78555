/** The formats of text that are checked; a format of another name is a remark. */

type Test = (text: string) => boolean;

const by =
  (pattern: RegExp): Test =>
  (text) =>
    pattern.test(text);

function works(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}

// The platform's parsers know leap years, and the many ways to write an address.
const date: Test = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && JSON.stringify(new Date(text)).startsWith(`"${text}T`);

// A leap second may be at any minute: which ones have had one, no rule tells.
const time = by(/^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i);

const hostname = by(/^(?!\.)(?=.{1,253}$)(?:(?:^|\.)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i);
const ipv4 = by(/^(?!\.)(?:(?:^|\.)(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){4}$/);
const ipv6: Test = (text) => /^[\da-f:.]+$/i.test(text) && works(() => new URL(`http://[${text}]`));

/** As the email fields of forms have it: neither with quotes nor at a number. */
const email: Test = (text) =>
  /^(?!\.|.*\.[.@])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@/.test(text) && hostname(text.slice(text.indexOf('@') + 1));

/** An address with the characters of RFC 3986, alone or beside another. */
const address =
  (base?: string): Test =>
  (text) =>
    /^(?:[!$&-;=?-Z_a-z~[\]]|%[\da-f]{2})*(?:#(?:[!$&-;=?-Z_a-z~]|%[\da-f]{2})*)?$/i.test(text) &&
    works(() => new URL(text, base));
const reference = address('a://a');

const pointer = by(/^(?:\/(?:[^~/]|~[01])*)*$/);

export const FORMATS: Readonly<Record<string, Test>> = {
  date,
  time,
  'date-time': (text) => date(text.slice(0, 10)) && /^[t\s]/i.test(text.slice(10)) && time(text.slice(11)),
  duration: by(/^P(?!$|.*(?:Y\d+D|H\d+S))(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?!$)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/),
  email,
  hostname,
  ipv4,
  ipv6,
  uri: address(),
  'uri-reference': reference,
  'uri-template': by(
    /^(?:[^\0- \x7f"<>%\\^`{|}]|%[\da-f]{2}|\{[+#./;?&=,!@|]?[\w.%]+(?::[1-9]\d{0,3}|\*)?(?:,[\w.%]+(?::[1-9]\d{0,3}|\*)?)*\})*$/i,
  ),
  url: by(/^(?:https?|ftp):\/\/[^\s/?#]+\S*$/i),
  uuid: by(/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i),
  regex: (text) => works(() => new RegExp(text, 'u')),
  'json-pointer': pointer,
  'json-pointer-uri-fragment': (text) => text.startsWith('#') && reference(text) && pointer(text.slice(1)),
  'relative-json-pointer': by(/^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/),
};
