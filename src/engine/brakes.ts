/** The brakes of a run that may not have begun yet. */
import type { AgentError } from '../core/index.ts';
import type { RunControl } from './run-control.ts';

export class Brakes {
  paused = false;
  cancelled: AgentError | undefined = undefined;
  #run: RunControl | undefined = undefined;

  pause(): void {
    this.paused = true;
    if (this.#run) this.#run.paused = true;
  }

  cancel(reason: AgentError): void {
    this.cancelled ??= reason;
    this.#run?.cancel(this.cancelled);
  }

  /** Puts the brakes on a run that begins. */
  bind(run: RunControl): void {
    this.#run = run;
    run.paused = this.paused;
  }
}
