/** A page with forms for one test, an assistant in a real worker, and ways to look at the fields. */
import { createAgent } from '../../src/index.ts';
import type { Agent, AgentOptions } from '../../src/index.ts';
import { forms } from '../../src/forms.ts';
import { useVertical } from '../../src/verticals.ts';
import type { UseOptions, VerticalHandle } from '../../src/verticals.ts';
import { until } from '../helpers/fixture.ts';

export const GRANT: UseOptions = { grant: ['page:read', 'page:act'] };

let opened: Agent[] = [];
let places: HTMLElement[] = [];

/** Puts markup into the page. */
export function show(markup: string): HTMLElement {
  const place = document.createElement('main');
  place.innerHTML = markup;
  document.body.append(place);
  places.push(place);
  return place;
}

let count = 0;

/** An agent with the stock worker and its planner, unless options say otherwise. */
export function openAgent(options: AgentOptions = {}): Agent {
  const agent = createAgent({ namespace: `forms-${Date.now().toString(36)}-${++count}`, ...options });
  opened.push(agent);
  return agent;
}

export async function openForms(
  markup: string,
  options: UseOptions = GRANT,
): Promise<{ agent: Agent; handle: VerticalHandle }> {
  show(markup);
  const agent = openAgent();
  const handle = await useVertical(agent, forms, options);
  return { agent, handle };
}

/** The names of the tools that are there. */
export const toolNames = async (agent: Agent): Promise<readonly string[]> =>
  (await agent.tools.list()).map(({ name }) => name).toSorted();

/** Waits until there is a tool of some name, as some time after the page has changed. */
export async function untilTool(agent: Agent, name: string, isThere = true): Promise<void> {
  let names: readonly string[] = [];
  await until(
    () => {
      void toolNames(agent).then((found) => (names = found));
      return names.length > 0 && names.includes(name) === isThere;
    },
    `${name} is ${isThere ? 'there' : 'gone'}`,
  );
}

/** The field of some name. */
export function field<T extends Element = HTMLInputElement>(name: string): T {
  const found = document.querySelector<T>(`main [name="${name}"]`);
  if (!found) throw new Error(`There is no field ${name}.`);
  return found;
}

export async function closeAll(): Promise<void> {
  const agents = opened;
  opened = [];
  for (const place of places) place.remove();
  places = [];
  await Promise.all(agents.map((agent) => agent.erase()));
}
