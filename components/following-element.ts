/** What elements have in common that show something of a thread, beside the chat that it is held in or without one. */
import type { PropertyDeclarations, PropertyValues } from 'lit';
import type { Agent, Thread } from '../src/client/index.ts';
import { ChatFollower } from './follow-chat.ts';
import { WordedElement } from './strings/index.ts';

/** An element that follows a thread. */
export abstract class FollowingElement extends WordedElement {
  static override properties: PropertyDeclarations = {
    agent: { attribute: false },
    thread: {},
    for: {},
  };

  /** The agent of the thread; not needed with `for`. */
  agent?: Agent;
  /** The id of the thread. By default the one that this browser used last. */
  thread = '';
  /** The id of an `<inpage-chat>` or `<inpage-workflow>` whose agent and thread to follow, now and when they change. */
  for = '';

  protected readonly chat = new ChatFollower(this);
  /** The thread; another object whenever it is to be read anew. */
  protected followed: Thread | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for')) this.chat.copy();
    if (!changed.has('agent') && !changed.has('thread')) return;
    this.followed = this.agent?.thread(this.thread === '' ? undefined : this.thread);
    this.follow(this.followed);
  }

  /** Turns to another thread. */
  protected abstract follow(thread: Thread | undefined): void;
}
