/** Tools for the to-do list. */
import { defineTool } from '../../src/index.ts';
import type { Tool } from '../../src/index.ts';
import { formatCount, formatNear, localMinutes } from '../format.ts';
import type { Todo } from '../state.ts';
import type { Store } from '../store.ts';
import { addTodo, getTodo, markTodo, removeTodo, sortedTodos } from '../todos.ts';

const STATUSES = ['open', 'done', 'all'] as const;
type Status = (typeof STATUSES)[number];

/** A to-do in few words: `Buy filters (tomorrow 09:00)`. */
function describeTodo({ title, due }: Todo): string {
  return due === undefined ? title : `${title} (${formatNear(new Date(due), new Date())})`;
}

/** The tools that read and change the to-do list. */
export function todoTools(store: Store): readonly Tool[] {
  return [
    defineTool<{ readonly title: string; readonly due?: string }, { readonly todo: string }>({
      name: 'add_todo',
      description: 'Add a to-do: remind me of a task, note something that has to be done',
      category: 'todos',
      effect: 'write',
      danger: 'low',
      examples: [
        'remind me to water the plants tomorrow at 9',
        'add a to-do to call the dentist on Friday at 5 pm',
        'add pay the rent to my to-do list',
        'note that I have to post the letter',
      ],
      writes: ['todos'],
      input: {
        type: 'object',
        required: ['title'],
        additionalProperties: false,
        properties: {
          title: { type: 'string', minLength: 1, maxLength: 200, description: 'What has to be done' },
          due: {
            type: 'string',
            format: 'date-time',
            description: 'When it is due: day and time',
          },
        },
      },
      run({ title, due }) {
        const when = due === undefined ? undefined : localMinutes(due);
        store.update((state) => addTodo(state, title, when));
        const todo = store.state.todos.at(-1);
        if (todo === undefined) throw new Error('The to-do could not be added.');
        const { id } = todo;
        return {
          message: `Added to your to-dos: ${describeTodo(todo)}.`,
          todo: id,
          title: todo.title,
          due: when ?? null,
        };
      },
      undo: ({ output }) => {
        store.update((state) => removeTodo(state, output.todo));
      },
    }),

    defineTool<{ readonly todo: string }, { readonly todo: string }>({
      name: 'complete_todo',
      description: 'Complete a to-do: mark a task as done, finished, tick it off',
      category: 'todos',
      effect: 'write',
      danger: 'low',
      examples: [
        'mark water the plants as done',
        'I have finished paying the rent',
        'tick off the call to the dentist',
      ],
      writes: ['todos'],
      input: {
        type: 'object',
        required: ['todo'],
        additionalProperties: false,
        properties: { todo: { type: 'string', description: 'To-do: its id or its title' } },
      },
      suggest: (field) =>
        field === 'todo'
          ? sortedTodos(store.state).flatMap(({ id, title, done }) => (done ? [] : [{ value: id, label: title }]))
          : [],
      run({ todo }) {
        const { id, title } = getTodo(store.state, todo);
        store.update((state) => markTodo(state, id, true));
        const open = store.state.todos.filter(({ done }) => !done).length;
        return { message: `Done: ${title}. ${formatCount(open, 'to-do')} left.`, todo: id, title, open };
      },
      undo: ({ output }) => {
        store.update((state) => markTodo(state, output.todo, false));
      },
    }),

    defineTool<{ readonly status?: Status }>({
      name: 'list_todos',
      description: 'List the to-dos: tell which tasks and reminders there are',
      category: 'todos',
      effect: 'read',
      examples: ['what is on my to-do list?', 'which tasks are open?', 'show my done to-dos', 'what do I have to do?'],
      reads: ['todos'],
      input: {
        type: 'object',
        additionalProperties: false,
        properties: {
          status: {
            type: 'string',
            enum: STATUSES,
            default: 'open',
            description: 'Which: open, done (finished, completed), or all of them',
          },
        },
      },
      run({ status = 'open' }) {
        const todos = sortedTodos(store.state).filter(({ done }) => status === 'all' || done === (status === 'done'));
        const kind = status === 'all' ? '' : `${status} `;
        const message =
          todos.length === 0
            ? `You have no ${kind}to-dos.`
            : `You have ${formatCount(todos.length, `${kind}to-do`)}: ${todos.map(describeTodo).join('; ')}.`;
        return { message, todos };
      },
    }),
  ];
}
