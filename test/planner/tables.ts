/** Scores as text: tables of classes, the figures with their intervals, and what went wrong. */
import type { Figures } from './figures.ts';
import { CLASSES, isRight } from './judge.ts';
import type { Verdict } from './judge.ts';
import type { Call } from './sets.ts';
import type { Turn } from './stage.ts';
import { shareOf } from './wilson.ts';

/** Columns to the width of their longest cell, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** How the cases of each group are spread over the classes, and how many of them came out right. */
export function classTable(title: string, verdicts: readonly Verdict[], groupOf: (verdict: Verdict) => string): string {
  const groups = [...new Set(verdicts.map(groupOf))];
  const row = (name: string, some: readonly Verdict[]): readonly string[] => {
    const counts = CLASSES.map((one) => String(some.filter((verdict) => verdict.class === one).length));
    const right = some.filter(isRight).length;
    return [
      name,
      String(some.length),
      ...counts.map((count) => (count === '0' ? '.' : count)),
      `${shareOf(right, some.length).percent} %`,
    ];
  };
  return aligned([
    [title, 'cases', ...CLASSES, 'right'],
    ...groups.map((name) =>
      row(
        name,
        verdicts.filter((verdict) => groupOf(verdict) === name),
      ),
    ),
    row('all', verdicts),
  ]);
}

/** The figures with their intervals. */
export function figureTable(figures: Figures): string {
  const rows = Object.entries(figures).map(([name, { hits, of, percent, low, high }]) => [
    name,
    `${hits}/${of}`,
    `${percent} %`,
    `${low} to ${high}`,
  ]);
  return aligned([['figure', 'cases', 'share', '95 %'], ...rows]);
}

const callText = ({ tool, input }: Call): string => `${tool} ${JSON.stringify(input)}`;

function turnText({ text, ran, refused, offered, error }: Turn): readonly string[] {
  return [
    ...(text === '' ? [] : [`said    ${JSON.stringify(text)}`]),
    ...ran.map((call) => `ran     ${callText(call)}`),
    ...refused.map((call) => `refused ${callText(call)}`),
    ...offered.map((call) => `offered ${callText(call)}`),
    ...(error === undefined ? [] : [`failed  ${error}`]),
  ];
}

/** A case that went wrong: what was said and wanted, and what happened. */
export function failureText({ one, play, class: found }: Verdict): string {
  const { calls = [], ask } = one.expect;
  const said = typeof one.say === 'string' ? [one.say] : one.say;
  const lines = [
    ...said.map((text) => `person  ${JSON.stringify(text)}`),
    ...(ask === undefined ? [] : [`wanted  to be asked for ${ask}`]),
    ...(calls.length === 0 ? ['wanted  nothing'] : calls.map((call) => `wanted  ${callText(call)}`)),
    ...[...play.earlier, play.first].flatMap(turnText),
    ...(play.reply ? [`person  ${JSON.stringify(play.reply.said)}`, ...turnText(play.reply.turn)] : []),
  ];
  return [`${one.id}: ${found}`, ...lines.map((line) => `  ${line}`)].join('\n');
}
