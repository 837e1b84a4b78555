/** The stock worker. `self` is named, because the script-tag build also calls this code with a scope of the page. */
import { servePlanner } from './worker/index.ts';

servePlanner(self);
