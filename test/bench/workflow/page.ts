/** The page: nothing to watch. */
import { installBench } from '../harness/page.ts';

installBench();
