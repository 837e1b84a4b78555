/** A page with forms for one test, an assistant in a real worker, and ways to look at the fields. */
import { render } from 'lit';
import type { TemplateResult } from 'lit';
import { forms } from '../../src/forms.ts';
import { createAgent } from '../../src/index.ts';
import type { Agent, AgentOptions } from '../../src/index.ts';
import { useVertical } from '../../src/verticals.ts';
import type { UseOptions, VerticalHandle } from '../../src/verticals.ts';

export const GRANT: UseOptions = { grant: ['page:read', 'page:act'], within: 'main' };

let opened: Agent[] = [];
let places: HTMLElement[] = [];

/** Puts a template into the page. */
export function show(template: TemplateResult): HTMLElement {
  const place = document.createElement('main');
  document.body.append(place);
  places.push(place);
  render(template, place);
  return place;
}

let count = 0;

/** An agent with the stock worker and its planner, unless options say otherwise. */
export function openAgent(options: AgentOptions = {}): Agent {
  const agent = createAgent({ namespace: `forms-${Date.now().toString(36)}-${++count}`, ...options });
  opened.push(agent);
  return agent;
}

/** A page with a form, and an agent that may use it. */
export async function openForms(
  template: TemplateResult,
  { options = GRANT, agent = openAgent() }: { options?: UseOptions; agent?: Agent } = {},
): Promise<{ agent: Agent; handle: VerticalHandle }> {
  show(template);
  return { agent, handle: await useVertical(agent, forms, options) };
}

/** The names of the tools that are there. */
export const toolNames = async (agent: Agent): Promise<readonly string[]> =>
  (await agent.tools.list()).map(({ name }) => name).toSorted();

/** Waits until a tool is there or gone, as some time after the page has changed. */
export async function untilTool(agent: Agent, name: string, isThere = true): Promise<void> {
  const deadline = performance.now() + 5000;
  while ((await toolNames(agent)).includes(name) !== isThere) {
    if (performance.now() > deadline) throw new Error(`${name} is never ${isThere ? 'there' : 'gone'}.`);
    await new Promise(requestAnimationFrame);
  }
}

/** The field of some name. */
export function field(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`main [name="${name}"]`);
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
