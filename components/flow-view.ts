/** A workflow as a list of its nodes, each with how far it has come, and how far all of it has. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ThreadView, WorkflowOutline } from '../src/client/index.ts';
import { shareOf, statusesOf } from './flow-status.ts';
import type { NodeStatus } from './flow-status.ts';
import { lateIcons } from './late-icons.ts';
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
  /** What else is known of a node. */
  readonly extra?: ((id: string) => Extra) | undefined;
}

/** What is shown of a node or a task beside its state, and below it. */
export interface Extra {
  readonly beside: unknown;
  readonly below: unknown;
}

/** Whether a thread has done all that was to be done. */
export function isOver({ loaded, version, running, unfinished, interrupts }: ThreadView): boolean {
  return loaded && version > 0 && !running && !unfinished && interrupts.length === 0;
}

/** Each by itself: what stands between them is another mark in each language. */
function wordsOf(known: NodeStatus | undefined, isDone: boolean, strings: Strings): readonly string[] {
  if (!known) return [isDone ? strings.leftOut : strings.notBegun];
  return [strings.taskStatus[known.status], ...(known.attempt > 1 ? [strings.attempt(known.attempt)] : [])];
}

function lineView({ id, name, branches }: Line, statuses: Statuses, isDone: boolean, scope: FlowScope): TemplateResult {
  const { strings, extra } = scope;
  const known = statuses.get(id);
  const { beside, below } = extra?.(id) ?? { beside: nothing, below: nothing };
  return html`<li data-node=${id} data-status=${known?.status ?? 'pending'}>
    <div class="line">
      ${known ? TASK_ICONS[known.status] : lateIcons.pending}<span class="name" dir="auto"
        >${name === id ? inWords(id) : name}</span
      >
      ${wordsOf(known, isDone, strings).map((words) => html`<span class="state">${words}</span> `)}${beside}
    </div>
    ${below}
    ${
      branches.length === 0
        ? nothing
        : html`<ul role="list">
            ${branches.flat().map((line) => lineView(line, statuses, isDone, scope))}
          </ul>`
    }
  </li>`;
}

/** The list. */
export function flowView(scope: FlowScope): TemplateResult {
  const { outline, view, before, strings } = scope;
  const statuses = statusesOf(outline, view, before);
  const isDone = isOver(view);
  const share = shareOf(outline, statuses, isDone);
  return html`<progress part="bar" max="1" .value=${share} aria-label=${strings.progress}></progress>
    <ol role="list" aria-label=${strings.progress}>
      ${outline.nodes.map((line) => lineView(line, statuses, isDone, scope))}
    </ol>`;
}
