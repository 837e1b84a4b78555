/** Works out arithmetic that is written the way people write it. A small recursive-descent parser, no eval. Pure. */

/** The words and signs that mean an operator. Longer ones first. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/(\d),(?=\d{3}(?!\d))/g, '$1'],
  [/(\d),(?=\d)/g, '$1.'],
  [/\bdivided by\b|\bover\b|÷|:/g, '/'],
  [/\bmultiplied by\b|\btimes\b|\bof\b|\bx\b|(?<=\d)\s*x\s*(?=\d)|×|·/g, '*'],
  [/\bplus\b|\band\b/g, '+'],
  [/\bminus\b|\bless\b|[−–]/g, '-'],
  [/\bto the power of\b|\*\*/g, '^'],
  [/\bsquared\b|²/g, '^2'],
  [/\bper ?cent\b/g, '%'],
];

/**
 * The value of an expression with + − × ÷ ^ % and brackets. A percentage that is added or taken off is one of what
 * stands before it: `80 - 15%` is 68. Throws a sentence for people when it is not arithmetic or has no value.
 *
 * @example
 * calculate('18% of 64.50'); // 11.61
 * calculate('2 * (3 + 4)'); // 14
 */
export function calculate(expression: string): number {
  const text = SIGNS.reduce((rest, [sign, operator]) => rest.replace(sign, operator), expression.toLowerCase());
  const tokens = text.replace(/[\s€$£=?]+/g, ' ').match(/\d+(?:\.\d+)?|\.\d+|[-+*/^%()]|\S/g) ?? [];
  let at = 0;
  const take = (...signs: string[]): string | undefined =>
    signs.includes(tokens[at] ?? '') ? tokens[at++] : undefined;

  const sum = (): number => {
    let total = product();
    for (let sign = take('+', '-'); sign !== undefined; sign = take('+', '-')) {
      const start = at;
      const value = product();
      const isShare = at - start === 2 && tokens[at - 1] === '%';
      total += (sign === '-' ? -1 : 1) * (isShare ? total * value : value);
    }
    return total;
  };
  const product = (): number => {
    let total = signed();
    for (let sign = take('*', '/'); sign !== undefined; sign = take('*', '/')) {
      const value = signed();
      total = sign === '*' ? total * value : total / value;
    }
    return total;
  };
  const signed = (): number => (take('-') ? -signed() : take('+') ? signed() : power());
  const power = (): number => {
    const base = atom();
    return take('^') ? base ** signed() : base;
  };
  const atom = (): number => {
    let value: number;
    if (take('(')) {
      value = sum();
      if (!take(')')) throw notArithmetic(expression);
    } else {
      value = Number(tokens[at++] ?? NaN);
      if (Number.isNaN(value)) throw notArithmetic(expression);
    }
    while (take('%')) value /= 100;
    return value;
  };

  const value = sum();
  if (at < tokens.length) throw notArithmetic(expression);
  if (!Number.isFinite(value)) throw new Error(`“${expression}” has no value: it divides by zero or grows too large.`);
  return Number(value.toPrecision(12));
}

function notArithmetic(expression: string): Error {
  return new Error(`“${expression}” is not arithmetic such as 2 * (3 + 4) or 18% of 64.50.`);
}
