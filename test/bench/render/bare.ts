/** A bare field on an empty page, and nothing that comes in: what a key takes of the browser itself in this environment. */
import { bareContender } from './bare-contender.ts';

bareContender(document.createElement('div'), () => undefined);
