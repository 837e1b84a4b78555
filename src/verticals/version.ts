/** Versions of three numbers, and ranges of them as package managers write them. */

type Version = readonly [number, number, number];

const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/;
/** A comparator: a sign and one to three numbers, of which the last may be left open. */
const PART = /^(\^|~|>=|<=|>|<|=)?v?(\d{1,9})(?:\.(\d{1,9}|x|\*))?(?:\.(\d{1,9}|x|\*))?$/;

function parse(text: string): Version | undefined {
  const [, major, minor, patch] = VERSION.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** Whether a text is a version: three numbers. */
export const isVersion = (text: string): boolean => VERSION.test(text);

/** What one comparator allows, from one version up to another that is not in it. */
function bounds(text: string): { readonly from: Version; readonly to: Version } | undefined {
  const [, sign = '', one, two, three] = PART.exec(text) ?? [];
  if (one === undefined) return undefined;
  const read = (part: string | undefined): number | undefined => (part && /\d/.test(part) ? Number(part) : undefined);
  const [major, minor, patch] = [Number(one), read(two), read(three)];
  const from: Version = [major, minor ?? 0, patch ?? 0];
  const upMajor: Version = [major + 1, 0, 0];
  const upMinor: Version = minor === undefined ? upMajor : [major, minor + 1, 0];
  const next: Version = patch === undefined ? upMinor : [major, minor ?? 0, patch + 1];
  const least: Version = [0, 0, 0];
  const most: Version = [Infinity, 0, 0];
  switch (sign) {
    case '^':
      // The first number that is not 0 says what breaks.
      return {
        from,
        to: major > 0 || minor === undefined ? upMajor : minor > 0 || patch === undefined ? upMinor : next,
      };
    case '~':
      return { from, to: upMinor };
    case '>=':
      return { from, to: most };
    case '>':
      return { from: next, to: most };
    case '<':
      return { from: least, to: from };
    case '<=':
      return { from: least, to: next };
    default:
      return { from, to: next };
  }
}

/** Alternatives, each a list of comparators that all have to hold. */
const parts = (range: string): readonly (readonly string[])[] =>
  range.split('||').map((one) =>
    one
      .trim()
      .split(/\s+/)
      .filter((part) => part !== '' && part !== '*'),
  );

/** Whether a text is a range, such as `^1.2.0`, `~1.2`, `>=1.0.0 <3.0.0`, `1.x || 2.x` or `*`. */
export const isRange = (range: string): boolean =>
  range.trim() !== '' && parts(range).every((all) => all.every((part) => bounds(part) !== undefined));

/**
 * Whether a version is in a range. What is no version, or no range, is in none.
 *
 * @example
 * satisfies('0.1.4', '^0.1.0'); // true
 */
export function satisfies(version: string, range: string): boolean {
  const given = parse(version);
  if (!given || !isRange(range)) return false;
  return parts(range).some((all) =>
    all.every((part) => {
      const allowed = bounds(part);
      return allowed !== undefined && compare(given, allowed.from) >= 0 && compare(given, allowed.to) < 0;
    }),
  );
}
