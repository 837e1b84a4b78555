/** The stock worker of pages with a language model. Without the planner, so that no page loads what it does not use. */
import { serveModels } from './worker/index.ts';

serveModels(self);
