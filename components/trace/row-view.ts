/** The timeline: runs, and a line for each of their versions. */
import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { icons } from '../icons.ts';
import { lateIcons } from '../late-icons.ts';
import { TASK_ICONS } from '../progress-view.ts';
import type { TraceRow, TraceRun } from './log.ts';
import { momentWords, spanWords } from './spans.ts';
import { durationOf, placeOf, statusOf, titleOf } from './titles.ts';
import type { Words } from './titles.ts';

/** What the timeline is made of. */
export interface TimelineScope extends Words {
  readonly history: readonly TraceRun[];
  /** The row that is shown beside it, and the one that the tab key leads to. */
  readonly chosen: string | undefined;
  readonly reached: string | undefined;
  readonly now: number;
  readonly choose: (key: string) => void;
}

const KIND_ICONS: Partial<Record<TraceRow['kind'], TemplateResult>> = {
  input: lateIcons.question,
  begin: lateIcons.list,
  kept: lateIcons.pending,
  question: lateIcons.waiting,
  answer: icons.done,
  note: lateIcons.note,
  update: icons.pencil,
  undo: icons.again,
  migration: icons.away,
};

/** Deeper than this is not indented further: the name needs the room. */
const DEEPEST = 4;

const depthOf = (ns: string): number => (ns === '' ? 0 : Math.min(ns.split('/').length, DEEPEST));

/** Where in its run it was, as a bar: no style, which a strict policy forbids. */
function barView({ begun, ended, isRough }: TraceRow, run: TraceRun): TemplateResult | typeof nothing {
  if (begun === undefined || ended === undefined || run.begun === undefined || run.ended === undefined) return nothing;
  const whole = Math.max(run.ended - run.begun, 1);
  const width = Math.max(1.5, (100 * (ended - begun)) / whole);
  const x = Math.max(0, Math.min((100 * (begun - run.begun)) / whole, 100 - width));
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="6" />
    ${svg`<rect class=${isRough ? 'rough' : 'span'} x=${x} width=${Math.min(width, 100)} height="6" />`}
  </svg>`;
}

/** Short for who sees it. */
function roughView({ begun = 0, ended = 0 }: TraceRow, words: string, { strings }: TimelineScope): TemplateResult {
  return html`<span aria-hidden="true">≈ ${spanWords(ended - begun, strings.locale)}</span
    ><span class="hidden">${words}</span>`;
}

function rowView(row: TraceRow, run: TraceRun, scope: TimelineScope): TemplateResult {
  const { strings, runs, chosen, reached, choose } = scope;
  const { key, version, kind, ns, error } = row;
  const status = statusOf(row);
  const isPlain = kind === 'step' || kind === 'end';
  const icon = status === 'ok' || !isPlain ? (KIND_ICONS[kind] ?? icons.done) : TASK_ICONS[status];
  const duration = durationOf(row, scope);
  return html`<li>
    <button
      class="row"
      type="button"
      part="entry"
      data-key=${key}
      data-kind=${kind}
      data-status=${status}
      data-depth=${depthOf(ns)}
      tabindex=${key === reached ? 0 : -1}
      aria-current=${key === chosen ? 'true' : nothing}
      @click=${() => {
        choose(key);
      }}
    >
      <span class="number"
        >${version === undefined ? '' : html`<span class="hidden">${runs.version(version)}, </span>`}<span
          aria-hidden="true"
          >${version ?? '·'}</span
        ></span
      >
      ${icon}
      <span class="name"
        ><bdi>${error ?? titleOf(row, scope)}</bdi
        ><span class="hidden"
          >${error === undefined ? '' : `, ${strings.ended[row.status ?? 'failed']}`}${kind === 'step' ? `, ${strings.taskStatus[status]}` : ''}${ns === '' || kind === 'begin' ? '' : `, ${runs.within(placeOf(ns, scope))}`}</span
        ></span
      >
      ${barView(row, run)}
      <span class="time"
        >${duration === undefined ? '' : row.isRough ? roughView(row, duration, scope) : duration}</span
      >
    </button>
  </li>`;
}

function headView(run: TraceRun, name: string, { strings, runs, now }: TimelineScope): TemplateResult {
  const { begun, ended, isRunning, status, rows } = run;
  const isRough = rows.some((row) => row.isRough);
  const facts = [
    ...(begun === undefined ? [] : [momentWords(begun, now, strings.locale)]),
    ...(isRunning || begun === undefined || ended === undefined || ended === begun
      ? []
      : [durationOf({ begun, ended, isRough }, { strings, runs }) ?? '']),
    ...(isRunning ? [runs.underWay] : status ? [strings.ended[status]] : []),
  ];
  return html`<h3>
    ${name} <span class="quiet">${facts.map((fact, index) => html`${index > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</span>
  </h3>`;
}

/** All runs. A row is rendered again only when it has changed, or the reader has come or gone. */
export function timelineView(scope: TimelineScope): TemplateResult {
  const { history: all, runs, strings, chosen, reached, now } = scope;
  let count = 0;
  const day = new Date(now).toDateString();
  return html`${repeat(
    all,
    ({ runId }, index) => `${runId}|${index}`,
    (run) => {
      const name = run.runId === '' ? runs.between : runs.run(++count);
      if (run.rows.length === 0) return nothing;
      return html`<section aria-label=${name}>
        ${guard([run, name, strings, runs, day], () => headView(run, name, scope))}
        <ol role="list">
          ${repeat(
            run.rows,
            ({ key }) => key,
            (row) =>
              guard([row, run.begun, run.ended, row.key === chosen, row.key === reached, strings, runs], () =>
                rowView(row, run, scope),
              ),
          )}
        </ol>
      </section>`;
    },
  )}`;
}
