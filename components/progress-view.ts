/** A run as a list: each task, the tool calls that it makes, and what it waits for. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView, TaskView, ThreadView } from '../src/client/index.ts';
import { isRecord } from '../src/core/index.ts';
import type { Interrupt } from '../src/core/index.ts';
import { icons } from './icons.ts';
import { lateIcons } from './late-icons.ts';
import type { Strings } from './strings/index.ts';
import { inWords } from './words.ts';

export const TASK_ICONS = {
  running: icons.running,
  ok: icons.done,
  failed: icons.failed,
  interrupted: lateIcons.waiting,
  cancelled: icons.stop,
  cached: icons.done,
};

export const CALL_ICONS = {
  called: lateIcons.waiting,
  running: icons.running,
  ok: icons.done,
  failed: icons.failed,
  denied: icons.denied,
  cached: icons.done,
  unknown: icons.unknown,
};

const END_ICONS = {
  completed: icons.done,
  interrupted: lateIcons.waiting,
  failed: icons.failed,
  cancelled: icons.stop,
  limit: icons.alert,
  paused: lateIcons.waiting,
};

/**
 * The calls of each task. In the agent's graph every call has a task of its own, a `tool`, and these come in the order
 * of the calls; a call whose task has not begun stands under the newest task.
 */
export function callsByTask(
  tasks: readonly TaskView[],
  calls: readonly CallView[],
): ReadonlyMap<string, readonly CallView[]> {
  const own = tasks.filter(({ node }) => node === 'tool');
  const found = new Map<string, CallView[]>();
  calls.forEach((call, index) => {
    const task = (own[index] ?? tasks.at(-1))?.task;
    if (task !== undefined) found.set(task, [...(found.get(task) ?? []), call]);
  });
  return found;
}

function lineView(icon: TemplateResult, name: string, words: string, beside: unknown = nothing): TemplateResult {
  return html`<div class="line">
    ${icon}<span class="name">${name}</span> <span class="state">${words}</span>${beside}
  </div>`;
}

function callView({ tool, status }: CallView, strings: Strings): TemplateResult {
  return html`<li data-status=${status}>
    ${lineView(CALL_ICONS[status], inWords(tool), strings.callStatus[status])}
  </li>`;
}

function waitingView({ payload }: Interrupt, strings: Strings): TemplateResult {
  const tool = isRecord(payload) && typeof payload['tool'] === 'string' ? inWords(payload['tool']) : '';
  return html`<li data-status="interrupted">${lineView(lateIcons.waiting, strings.waiting, tool)}</li>`;
}

function taskView(
  { node, status, task, attempt }: TaskView,
  calls: readonly CallView[],
  interrupts: readonly Interrupt[],
  strings: Strings,
  beside: ((task: string) => unknown) | undefined,
): TemplateResult {
  const asked = new Set(interrupts.map(({ payload }) => (isRecord(payload) ? payload['callId'] : undefined)));
  // A call that waits for approval is named by what it waits for.
  const begun = calls.filter(({ callId }) => !asked.has(callId));
  return html`<li data-status=${status}>
    ${lineView(TASK_ICONS[status], inWords(node), attempt > 1 ? `${strings.taskStatus[status]}, ${strings.attempt(attempt)}` : strings.taskStatus[status], beside?.(task))}
    ${
      begun.length + interrupts.length === 0
        ? nothing
        : html`<ul role="list">
            ${begun.map((call) => callView(call, strings))} ${interrupts.map((each) => waitingView(each, strings))}
          </ul>`
    }
  </li>`;
}

/** How the last run of this page has ended, where nothing goes on. */
export function endView({ ended, running, interrupts }: ThreadView, strings: Strings): TemplateResult | typeof nothing {
  if (ended === undefined || running || interrupts.length > 0) return nothing;
  return html`<p part="end" data-status=${ended.status}>
    ${END_ICONS[ended.status]}<bdi>${strings.ended[ended.status]} ${ended.error?.message ?? nothing}</bdi>
  </p>`;
}

/**
 * The run under way, or the last one; nothing when there has been none.
 *
 * @param more what is known of a task beside its state, and what is shown below all of them.
 */
export function progressView(
  view: ThreadView,
  strings: Strings,
  more?: { readonly beside: (task: string) => unknown; readonly below: unknown },
): TemplateResult | typeof nothing {
  const { tasks, calls, interrupts } = view;
  const below = more?.below ?? nothing;
  // Whoever has gone to before it began goes on from there.
  if (tasks.length === 0 && interrupts.length === 0 && view.ended === undefined && below === nothing) return nothing;
  const owners = callsByTask(tasks, calls);
  const asks = (task: string): readonly Interrupt[] => interrupts.filter((interrupt) => interrupt.task === task);
  // After a reload a question may be all that is left of its run.
  const left = interrupts.filter((interrupt) => !tasks.some(({ task }) => task === interrupt.task));
  return html`<div part="base" dir=${strings.dir === 'rtl' ? 'rtl' : nothing}>
    <ol role="list" aria-label=${strings.progress}>
      ${repeat(
        tasks,
        ({ task }) => task,
        (task) => taskView(task, owners.get(task.task) ?? [], asks(task.task), strings, more?.beside),
      )}
      ${left.map((each) => waitingView(each, strings))}
    </ol>
    ${endView(view, strings)} ${below}
  </div>`;
}
