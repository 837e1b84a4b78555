/** The part of the stock workers that runs workflows; the build puts what the worker has in the place of its imports. */
import type { WorkerPart } from './worker/index.ts';
import { workflows } from './workflow-host/index.ts';

export const part = (): WorkerPart => workflows();
