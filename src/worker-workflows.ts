/** The part of the stock workers that runs workflows; the build puts what the worker has in the place of its imports. */
import { workflows } from './workflow-host/index.ts';

export const part = () => workflows();
