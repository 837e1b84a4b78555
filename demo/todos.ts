/** What happens to the to-dos: pure functions from state to state. They throw a sentence for people. */
import type { ShopState, Todo } from './state.ts';

/** Adds a to-do. Its id is the newest to-do's afterwards. Throws for an empty title. */
export function addTodo(state: ShopState, title: string, due?: string): ShopState {
  const text = title.trim();
  if (text === '') throw new Error('A to-do needs a title.');
  const todoCount = state.todoCount + 1;
  const todo: Todo = { id: `todo-${todoCount}`, title: text, done: false, ...(due === undefined ? {} : { due }) };
  return { ...state, todoCount, todos: [...state.todos, todo] };
}

/** Marks a to-do as done or as open. Throws when there is no such to-do. */
export function markTodo(state: ShopState, id: string, done: boolean): ShopState {
  getTodo(state, id);
  return { ...state, todos: state.todos.map((todo) => (todo.id === id ? { ...todo, done } : todo)) };
}

/** Deletes a to-do. Throws when there is no such to-do. */
export function removeTodo(state: ShopState, id: string): ShopState {
  getTodo(state, id);
  return { ...state, todos: state.todos.filter((todo) => todo.id !== id) };
}

/** The to-do with this id or this title, in any case; an open one before a done one. Throws when there is none. */
export function getTodo(state: ShopState, idOrTitle: string): Todo {
  const wanted = idOrTitle.trim().toLowerCase();
  const todo = sortedTodos(state).find(({ id, title }) => id === wanted || title.toLowerCase() === wanted);
  if (todo === undefined) throw new Error(`There is no to-do called “${idOrTitle}”.`);
  return todo;
}

/** The to-dos as people want to see them: open before done, then by due time, those without one last. */
export function sortedTodos(state: ShopState): readonly Todo[] {
  const rank = ({ done, due = '~' }: Todo): string => `${done ? 1 : 0} ${due}`;
  return state.todos.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
