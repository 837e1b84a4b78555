/** The stock worker of pages that have a remote model. Without the planner, so that no page loads what it does not use. */
import { serveRemote } from './worker/index.ts';

serveRemote(self);
