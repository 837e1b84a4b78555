/** Arithmetic in words and symbols, as an expression in symbols. Nothing is calculated here. */
import { digits, quantities } from './numbers.ts';
import type { Token } from './tokens.ts';

const PIECE = /\d+(?:[.,]\d+)*|\p{L}+|[+\-−*/×÷^()%]/gu;
const SYMBOL: Readonly<Record<string, string>> = {
  plus: '+',
  minus: '-',
  '−': '-',
  times: '*',
  multiplied: '*',
  x: '*',
  '×': '*',
  divided: '/',
  over: '/',
  '÷': '/',
  squared: '^ 2',
  percent: '/ 100',
  '%': '/ 100',
};

interface Piece {
  readonly symbol: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The longest arithmetic expression of a text, and where it stands: `15 percent of 80` gives `15 / 100 * 80`.
 * Undefined when there are not two operands, or when the parentheses do not pair.
 */
export function arithmetic(text: string, tokens: readonly Token[]): Piece | undefined {
  const inWords = new Map(
    quantities(text, tokens)
      .filter((quantity) => quantity.unit === undefined && !/^\d/.test(tokens[quantity.from]?.word ?? '0'))
      .map((q) => [tokens[q.from]?.start, { symbol: String(q.value), end: tokens[q.bare - 1]?.end ?? 0 }]),
  );
  let run: Piece[] = [];
  const runs = [run];
  let skip = 0;
  for (const match of text.matchAll(PIECE)) {
    const start = match.index;
    if (start < skip) continue;
    const piece = match[0].toLowerCase();
    const word = inWords.get(start);
    const last = run.at(-1)?.symbol ?? '';
    const after = /[\d)]$/.test(last);
    const symbol =
      word?.symbol ??
      (/^\d/.test(piece)
        ? String(digits(piece))
        : piece === 'of' && after
          ? '*'
          : (SYMBOL[piece] ?? /^\W$/.exec(piece)?.[0]));
    skip = word?.end ?? start + match[0].length;
    // "divided by" and "per cent" are two words for one sign.
    if (piece === 'by' && /^[*/]$/.test(last)) continue;
    if (symbol === undefined || (/^\d/.test(symbol) && after)) runs.push((run = []));
    if (symbol !== undefined) run.push({ symbol, start, end: skip });
  }
  const best = runs.map(trim).sort((a, b) => b.length - a.length)[0] ?? [];
  const symbol = best
    .map((piece) => piece.symbol)
    .join(' ')
    .replaceAll('( ', '(')
    .replaceAll(' )', ')');
  const [from, to] = [best[0], best.at(-1)];
  if (from === undefined || to === undefined || !paired(symbol)) return undefined;
  if ((symbol.match(/\d+(?:\.\d+)?/g) ?? []).length < 2 || !/[\d)] [-+*/^]/.test(symbol)) return undefined;
  return { symbol, start: from.start, end: to.end };
}

/** Without operators that have nothing to work on. */
function trim(run: readonly Piece[]): readonly Piece[] {
  const first = run.findIndex((piece) => /^[\d(]/.test(piece.symbol));
  const from = run[first - 1]?.symbol === '-' ? first - 1 : first;
  const to = run.findLastIndex((piece) => /[\d)]$/.test(piece.symbol));
  return first < 0 ? [] : run.slice(from, to + 1);
}

function paired(text: string): boolean {
  let open = 0;
  for (const sign of text) {
    open += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (open < 0) return false;
  }
  return open === 0;
}
