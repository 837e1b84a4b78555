/** One version: what it has done, what it changed, how things stood then, and what can be done from there. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../src/core/index.ts';
import { icons } from '../icons.ts';
import { CALL_ICONS, TASK_ICONS } from '../progress-view.ts';
import { inWords, readable } from '../words.ts';
import { changesBetween } from './difference.ts';
import type { Change } from './difference.ts';
import { nodeOf } from './log.ts';
import type { TraceCall, TraceRow, TraceRun, TraceTask } from './log.ts';
import { momentWords, spanWords } from './spans.ts';
import { areCalls, durationOf, placeOf, titleOf } from './titles.ts';
import { treeView } from './tree-view.ts';
import type { TreeScope } from './tree-view.ts';

/** A thread at a version: being read, gone, or there. Version 0 is empty. */
export type Stood = 'loading' | 'gone' | Snapshot<Readonly<Record<string, unknown>>> | 'empty';

export interface DetailScope extends TreeScope {
  readonly row: TraceRow;
  readonly run: TraceRun;
  readonly now: number;
  /** The version that it is compared with. */
  readonly since: number;
  /** Asks for the thread at a version. */
  readonly at: (version: number) => Stood;
  readonly compareWith: (version: number) => void;
  readonly fork: ((version: number) => void) | undefined;
}

const isThere = (stood: Stood): stood is Snapshot<Readonly<Record<string, unknown>>> => typeof stood === 'object';

/** What cannot be shown yet. */
function waitView(stood: Stood, { runs }: DetailScope): TemplateResult | undefined {
  if (isThere(stood) || stood === 'empty') return undefined;
  return html`<p class="quiet">${stood === 'gone' ? runs.goneState : runs.loading}</p>`;
}

/** A part that the reader opens, and that stays open from version to version. */
function partView(key: string, name: string, scope: DetailScope, body: () => unknown): TemplateResult {
  const { opened } = scope;
  return html`<details
    class="part"
    .open=${opened.has(key)}
    @toggle=${(event: Event) => {
      if (event.target === event.currentTarget) opened.toggle(key, event);
    }}
  >
    <summary>${name}<span class="chevron">${icons.open}</span></summary>
    ${opened.has(key) ? html`<div class="body">${body()}</div>` : nothing}
  </details>`;
}

function taskView(task: TraceTask, scope: DetailScope): TemplateResult {
  const { strings, runs } = scope;
  const duration = durationOf(task, scope);
  const words = [
    strings.taskStatus[task.status],
    ...(task.attempt > 1 ? [strings.attempt(task.attempt)] : []),
    ...(duration ? [duration] : []),
  ];
  return html`<li data-status=${task.status}>
    <div class="line">
      ${TASK_ICONS[task.status]}<span class="name" dir="auto">${inWords(task.node)}</span>
      <span class="state">${runs.listed(words)}</span>
    </div>
  </li>`;
}

function callView(call: TraceCall, scope: DetailScope): TemplateResult {
  const { callId, tool, status, input, output } = call;
  const { strings, runs } = scope;
  const duration = durationOf(call, scope);
  const value = (name: string, given: unknown): TemplateResult | typeof nothing =>
    given === undefined
      ? nothing
      : html`<div><span class="quiet">${name}</span> ${treeView(given, `call/${callId}/${name}`, scope)}</div>`;
  return html`<li data-status=${status}>
    <div class="line">
      ${CALL_ICONS[status]}<span class="name" dir="auto">${inWords(tool)}</span>
      <span class="state">${runs.listed([strings.callStatus[status], ...(duration ? [duration] : [])])}</span>
    </div>
    <div class="values">${value(runs.given, input)}${value(runs.result, output)}</div>
  </li>`;
}

function writesView({ row, runs }: DetailScope): unknown {
  const { writes } = row;
  if (writes.length === 0) return nothing;
  return html`<h4>${runs.writes}</h4>
    <ul class="writes" role="list">
      ${writes.map(({ channel, op, path = [], tasks }) => {
        const who = runs.listed([...new Set(tasks.map((task) => inWords(nodeOf(task))))]);
        return html`<li>
          <code dir="ltr">${[channel, ...path].join('.')}</code> ${runs.ops[op]}
          ${who === '' || row.tasks.length < 2 ? nothing : html`<span class="quiet">${runs.writtenBy(who)}</span>`}
        </li>`;
      })}
    </ul>`;
}

function phasesView({ run: { phases }, strings, runs }: DetailScope): unknown {
  if (!phases) return nothing;
  const known = Object.entries(phases).sort(([, a], [, b]) => b - a);
  const most = Math.max(...known.map(([, ms]) => ms), 0.001);
  return html`<dl class="phases">
    ${known.map(([name, ms]) => {
      const words = (runs.phases as Readonly<Record<string, string>>)[name] ?? name;
      return html`<div>
        <dt>${words}</dt>
        <dd>
          <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="6" />
            <rect class="span" width=${(100 * ms) / most} height="6" /></svg
          >${spanWords(ms, strings.locale)}
        </dd>
      </div>`;
    })}
  </dl>`;
}

function changeView({ path, kind, before, after }: Change, index: number, scope: DetailScope): TemplateResult {
  const { runs } = scope;
  const where = `change/${index}/${path.join('/')}`;
  const both = kind === 'changed';
  const value = (name: string, given: unknown): TemplateResult =>
    html`<div class=${name === runs.before ? 'old' : 'new'}>
      ${both ? html`<span class="quiet">${name}</span> ` : nothing}${treeView(given, `${where}/${name}`, scope)}
    </div>`;
  return html`<li data-change=${kind}>
    <p><code dir="ltr">${path.join('.')}</code> <span class="state">${runs.changeKinds[kind]}</span></p>
    ${kind === 'added' ? nothing : value(runs.before, before)}
    ${kind === 'removed' ? nothing : value(runs.after, after)}
  </li>`;
}

function changesView(version: number, scope: DetailScope): TemplateResult {
  const { runs, since, at, compareWith } = scope;
  const [old, young] = [at(since), at(version)];
  const wait = waitView(old, scope) ?? waitView(young, scope);
  const stateOf = (stood: Stood): unknown => (isThere(stood) ? stood.state : {});
  const found = wait ? undefined : changesBetween(stateOf(old), stateOf(young));
  return html`<label class="since"
      >${runs.since}
      <input
        type="number"
        inputmode="numeric"
        min="0"
        .value=${String(since)}
        @change=${({ currentTarget }: Event) => {
          compareWith((currentTarget as HTMLInputElement).valueAsNumber);
        }}
    /></label>
    ${wait ?? nothing} ${found?.changes.length === 0 ? html`<p class="quiet">${runs.same}</p>` : nothing}
    ${
      found && found.changes.length > 0
        ? html`<ul class="changes" role="list">
            ${found.changes.map((change, index) => changeView(change, index, scope))}
          </ul>`
        : nothing
    }
    ${found?.isCut ? html`<p class="quiet">${runs.moreChanges}</p>` : nothing}`;
}

function stateView(version: number, scope: DetailScope): TemplateResult {
  const { runs, strings } = scope;
  const stood = scope.at(version);
  const wait = waitView(stood, scope);
  if (wait || !isThere(stood)) return wait ?? html`<p class="quiet">${runs.emptyState}</p>`;
  const { state, next, interrupts } = stood;
  return html`${next.length > 0 ? html`<p class="quiet">${runs.due(runs.listed(next.map(inWords)))}</p>` : nothing}
  ${interrupts.map(
    ({ payload, id }) =>
      html`<p class="quiet">${strings.waiting}</p>
        ${treeView(payload, `open/${id}`, scope)}`,
  )}
  ${Object.keys(state).length === 0 ? html`<p class="quiet">${runs.emptyState}</p>` : treeView(state, 'state', scope)}`;
}

function factsOf(scope: DetailScope): readonly string[] {
  const { row, now, strings, runs } = scope;
  const { version, kind, step, ns, begun, ended, usage, firstText, isRough } = row;
  const moment = isRough ? ended : (begun ?? ended);
  const duration = durationOf(row, scope);
  return [
    version === undefined ? runs.notStored : runs.version(version),
    ...(kind === 'step' ? [runs.step(step)] : []),
    ...(ns === '' || kind === 'begin' ? [] : [runs.within(placeOf(ns, scope))]),
    ...(moment === undefined ? [] : [momentWords(moment, now, strings.locale)]),
    ...(duration ? [duration] : []),
    ...(firstText === undefined || begun === undefined
      ? []
      : [runs.firstText(spanWords(firstText - begun, strings.locale))]),
    ...(usage ? [runs.tokens(usage.inputTokens, usage.outputTokens)] : []),
  ];
}

/** All about one version. */
export function detailView(scope: DetailScope): TemplateResult {
  const { row, runs, fork } = scope;
  const { version, tasks, calls, restored } = row;
  return html`<div class="title">
      <h3 dir="auto">${titleOf(row, scope)}</h3>
      <p class="quiet">${factsOf(scope).map((fact, index) => html`${index > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</p>
      ${restored === undefined ? nothing : html`<p>${runs.restored(restored)}</p>`}
      ${
        version === undefined || !fork
          ? nothing
          : html`<button
              part="fork"
              type="button"
              @click=${() => {
                fork(version);
              }}
            >
              ${icons.away}${runs.fork}
            </button>`
      }
    </div>
    ${
      tasks.length === 0 || areCalls(row)
        ? nothing
        : html`<h4>${runs.tasks}</h4>
            <ul role="list">
              ${tasks.map((task) => taskView(task, scope))}
            </ul>`
    }
    ${
      calls.length === 0
        ? nothing
        : html`<h4>${runs.calls}</h4>
            <ul role="list">
              ${calls.map((call) => callView(call, scope))}
            </ul>`
    }
    ${writesView(scope)}
    ${
      version === undefined
        ? nothing
        : html`${partView('changes', runs.changes, scope, () => changesView(version, scope))}
          ${partView('whole', runs.state, scope, () => stateView(version, scope))}`
    }
    ${scope.run.phases ? partView('phases', runs.profile, scope, () => phasesView(scope)) : nothing}`;
}

/** A trace as JSON. */
export const asJson = (trace: object): string => `${readable(trace)}\n`;
