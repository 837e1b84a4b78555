/** The to-do list and the form that adds to it. */
import { html, render } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { emptyNote } from '../art/index.ts';
import { formatNear } from '../format.ts';
import type { Todo } from '../state.ts';
import type { Store } from '../store.ts';
import { addTodo, markTodo, removeTodo, sortedTodos } from '../todos.ts';

/** Draws the list and the number of open to-dos, and again whenever the store changes or the page is looked at again. */
export function createTodoView(
  places: { readonly form: HTMLElement; readonly list: HTMLElement; readonly count: HTMLElement },
  store: Store,
): void {
  const draw = (): void => {
    const todos = sortedTodos(store.state);
    const open = todos.filter(({ done }) => !done).length;
    places.count.hidden = open === 0;
    places.count.textContent = String(open);
    const item = (todo: Todo): TemplateResult => todoItem(todo, store, places.list);
    render(
      todos.length === 0
        ? html`<div class="empty">
            ${emptyNote}
            <p class="empty-title">Nothing to do</p>
            <p>Add something above, or tell the assistant: “remind me to water the plants tomorrow at 9”.</p>
          </div>`
        : html`<ul class="todos">
            ${repeat(todos, ({ id }) => id, item)}
          </ul>`,
      places.list,
    );
  };
  store.subscribe(draw);
  // What was due tomorrow may be due today by now.
  document.addEventListener('visibilitychange', draw);

  places.form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const { title, due } = Object.fromEntries(new FormData(event.target));
    if (typeof title !== 'string' || title.trim() === '') return;
    store.update((state) => addTodo(state, title, typeof due === 'string' && due !== '' ? due : undefined));
    event.target.reset();
    event.target.querySelector('input')?.focus();
  });
}

function todoItem({ id, title, due, done }: Todo, store: Store, list: HTMLElement): TemplateResult {
  const now = new Date();
  const date = due === undefined ? undefined : new Date(due);
  const mark = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const { checked } = event.target;
    store.update((state) => markTodo(state, id, checked));
    // The list is sorted anew, and a browser takes the focus from an element that moves.
    list.querySelector<HTMLElement>(`[data-todo="${id}"] input`)?.focus();
  };
  return html`<li class="todo" data-todo=${id} data-done=${done ? 'true' : 'false'}>
    <label>
      <input type="checkbox" .checked=${done} @change=${mark} />
      <span class="todo-text">${title}</span>
    </label>
    ${
      date === undefined
        ? undefined
        : html`<time datetime=${due} ?data-late=${!done && date < now}>
            ${!done && date < now ? 'Overdue: ' : ''}${formatNear(date, now)}
          </time>`
    }
    <button
      type="button"
      class="remove"
      aria-label=${`Delete “${title}”`}
      @click=${() => {
        store.update((state) => removeTodo(state, id));
      }}
    >
      Delete
    </button>
  </li>`;
}
