/** A workflow as a list of its nodes, each with how far it has come, and how far all of it has. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ThreadView, WorkflowOutline } from '../src/client/index.ts';
import { shareOf, statusesOf } from './flow-status.ts';
import type { NodeStatus } from './flow-status.ts';
import { icons } from './icons.ts';
import { TASK_ICONS } from './progress-view.ts';
import type { Strings } from './strings/index.ts';
import { inWords } from './words.ts';

type Line = WorkflowOutline['nodes'][number];
type Statuses = ReadonlyMap<string, NodeStatus>;

/** What a workflow's progress is made of. */
export interface FlowScope {
  readonly outline: WorkflowOutline;
  readonly view: ThreadView;
  /** Paths of tasks that were done by earlier runs. */
  readonly before: readonly string[];
  readonly strings: Strings;
}

/** Whether a thread has done all that was to be done. */
export function isOver({ loaded, version, running, unfinished, interrupts }: ThreadView): boolean {
  return loaded && version > 0 && !running && !unfinished && interrupts.length === 0;
}

function wordsOf(known: NodeStatus | undefined, isDone: boolean, strings: Strings): string {
  if (!known) return isDone ? strings.leftOut : strings.notBegun;
  const words = strings.taskStatus[known.status];
  return known.attempt > 1 ? `${words}, ${strings.attempt(known.attempt)}` : words;
}

function lineView({ id, name, branches }: Line, statuses: Statuses, isDone: boolean, strings: Strings): TemplateResult {
  const known = statuses.get(id);
  return html`<li data-node=${id} data-status=${known?.status ?? 'pending'}>
    <div class="line">
      ${known ? TASK_ICONS[known.status] : icons.pending}<span class="name" dir="auto"
        >${name === id ? inWords(id) : name}</span
      >
      <span class="state">${wordsOf(known, isDone, strings)}</span>
    </div>
    ${
      branches.length === 0
        ? nothing
        : html`<ul role="list">
            ${branches.flat().map((line) => lineView(line, statuses, isDone, strings))}
          </ul>`
    }
  </li>`;
}

/** The list. */
export function flowView({ outline, view, before, strings }: FlowScope): TemplateResult {
  const statuses = statusesOf(outline, view, before);
  const isDone = isOver(view);
  const share = shareOf(outline, statuses, isDone);
  return html`<progress part="bar" max="1" .value=${share} aria-label=${strings.progress}></progress>
    <ol role="list" aria-label=${strings.progress}>
      ${outline.nodes.map((line) => lineView(line, statuses, isDone, strings))}
    </ol>`;
}
