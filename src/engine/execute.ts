/** Runs a job to its one ending. */
import { asAgentError } from '../core/index.ts';
import type { Answers, Interrupt } from '../core/index.ts';
import { apply, initialWrites, NO_VALUES } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { beginWith, goOn } from './begin.ts';
import { Frame } from './frame.ts';
import type { Plan } from './plan.ts';
import type { Profile } from './profile.ts';
import type { RunControl } from './run-control.ts';
import type { Status } from './run.ts';

/** Everything that one run works with. */
export interface Job {
  readonly plan: Plan;
  readonly run: RunControl;
  /** The channels of the thread as the log has them. */
  readonly stored: Values;
  /** The update to begin with; null goes on from where the thread is. */
  readonly input: unknown;
  readonly answers: Answers;
  /** Whether it was cancelled before it began. */
  readonly isCancelled: boolean;
  readonly profile: Profile | undefined;
}

/** How a run ended, the questions that are open, and the frame that holds its state. */
export interface Ending {
  readonly status: Status;
  readonly interrupts: readonly Interrupt[];
  readonly state: Values;
}

async function attempt({ run, input, answers }: Job, frame: Frame): Promise<Status> {
  try {
    if (input !== null) await beginWith(run, frame, input);
    else goOn(run, answers);
    if (run.ended) return { status: 'cancelled' };
    run.root = run.makeRunner(run, frame);
    return await run.root.loop();
  } catch (error) {
    return {
      status: 'failed',
      error: asAgentError(error, 'node-failed', 'Mend the cause, then go on with the thread.'),
    };
  }
}

/** The job's status: that of its loop, or `cancelled` as soon as somebody says so. */
function race(job: Job, frame: Frame): Promise<Status> {
  if (job.isCancelled) return Promise.resolve({ status: 'cancelled' });
  return new Promise((resolve) => {
    job.run.onCancel = () => {
      resolve({ status: 'cancelled' });
    };
    void attempt(job, frame).then(resolve);
  });
}

/** The channels of a thread that has not begun; without those that cannot be made, which the run has failed for. */
function firstValues({ channels }: Plan): Values {
  try {
    return apply(NO_VALUES, initialWrites(channels));
  } catch {
    return NO_VALUES;
  }
}

/**
 * Runs a job to its one ending. What the run has to say is durable before it ends, and before anybody is asked; where
 * the store is full, a notice says that it is in memory alone. Never rejects.
 */
export async function execute(job: Job): Promise<Ending> {
  const { run, plan, stored, profile } = job;
  const { thread } = run;
  const frame = new Frame(plan, '');
  let status: Status;
  try {
    frame.restore(stored);
    status = await race(job, frame);
  } catch (error) {
    status = { status: 'failed', error: asAgentError(error, 'node-failed', 'Begin a new thread.') };
  }
  run.ended = true;
  run.deadlines.close();
  let open = thread.interrupts;
  let version: number | undefined;
  try {
    version = await thread.settled();
  } catch (error) {
    // Nobody is asked what is kept nowhere: the answer could not find its question.
    open = [];
    status = { status: 'failed', error: asAgentError(error, 'storage-failed', 'Free some space, then try again.') };
  }
  const phases = profile?.finish();
  run.end(status, version, open, phases);
  return { status, interrupts: open, state: frame.step > 0 ? frame.values : firstValues(plan) };
}
