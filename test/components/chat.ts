/** An `<inpage-chat>` in the page, and ways to look at it and use it. */
import { html } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import '../../components/define.ts';
import type { InpageChat } from '../../components/index.ts';
import type { AgentError } from '../../src/core/index.ts';
import type { TurnResult } from '../../src/client/index.ts';
import { fixture, until } from '../helpers/fixture.ts';
import type { FakeAgent, FakeThread } from './fake-agent.ts';

export async function chatWith(agent: FakeAgent): Promise<InpageChat> {
  const chat = await fixture<InpageChat>(html`<inpage-chat .agent=${agent}></inpage-chat>`);
  const loaded = (): unknown => find(chat, 'article, .welcome, .question, [part="alert"]');
  await until(loaded, 'the thread is shown');
  return chat;
}

export function all(chat: InpageChat, selector: string): HTMLElement[] {
  return [...(chat.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

export function find(chat: InpageChat, selector: string): HTMLElement | undefined {
  return all(chat, selector)[0];
}

export function part(chat: InpageChat, name: string): HTMLElement {
  const found = find(chat, `[part~="${name}"]`);
  if (found === undefined) throw new Error(`There is no part "${name}".`);
  return found;
}

export function field(chat: InpageChat): HTMLTextAreaElement {
  const found = part(chat, 'composer');
  if (!(found instanceof HTMLTextAreaElement)) throw new Error('The composer is no text area.');
  return found;
}

export const textOf = (element: Element | undefined): string => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';
export const status = (chat: InpageChat): string => textOf(part(chat, 'status'));
export const focused = (chat: InpageChat): Element | null | undefined => chat.shadowRoot?.activeElement;

/** Writes into the field as typing does. */
export async function type(chat: InpageChat, text: string): Promise<void> {
  field(chat).value = text;
  field(chat).dispatchEvent(new InputEvent('input'));
  await chat.updateComplete;
}

export function press(chat: InpageChat, init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init });
  field(chat).dispatchEvent(event);
  return event;
}

/** Lets the turns of a thread go on until the test settles them. */
export function openTurns(thread: FakeThread): { resolve(result: TurnResult): void; reject(error: AgentError): void } {
  let settle: { resolve(result: TurnResult): void; reject(error: AgentError): void } | undefined;
  const turn = new Promise<TurnResult>((resolve, reject) => (settle = { resolve, reject }));
  thread.respond = () => turn;
  if (settle === undefined) throw new Error('A promise begins at once.');
  return settle;
}

/** Goes back to what can be focused before. */
export async function shiftTab(): Promise<void> {
  await sendKeys({ down: 'Shift' });
  await sendKeys({ press: 'Tab' });
  await sendKeys({ up: 'Shift' });
}
