/** Learns what an agent is, or why it cannot start, on behalf of an element. */
import type { Agent, AgentReady } from '../src/client/index.ts';
import { asAgentError } from '../src/core/index.ts';
import type { AgentError } from '../src/core/index.ts';
import type { Worded } from './strings/index.ts';

/** Waits for `agent.ready` and renders its host again once that is known. */
export class Readiness {
  /** What answers and where it keeps things; undefined until the agent's host has answered. */
  ready: AgentReady | undefined;
  /** Why there is no assistant; undefined while there is hope. */
  error: AgentError | undefined;
  readonly #element: Worded;
  #agent: Agent | undefined;

  constructor(element: Worded) {
    this.#element = element;
  }

  /** Turns to `agent`. */
  follow(agent: Agent): void {
    this.#agent = agent;
    this.ready = undefined;
    this.error = undefined;
    agent.ready.then(
      (ready) => {
        if (agent !== this.#agent) return;
        this.ready = ready;
        this.#element.requestUpdate();
      },
      (error: unknown) => {
        if (agent === this.#agent) this.fail(error);
      },
    );
  }

  /** Notes that there is no agent, and why. */
  fail(error: unknown): void {
    this.error = asAgentError(error, 'worker-failed', this.#element.words.startFix);
    this.#element.requestUpdate();
  }
}
