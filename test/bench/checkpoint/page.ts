/** The page: it only starts the workers. */
import { installBench } from '../harness/page.ts';

installBench();
