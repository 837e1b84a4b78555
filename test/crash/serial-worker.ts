/** A host of the graph whose order is looked at. */
import { serve } from '../../src/serve.ts';
import { pair } from './serial-graph.ts';

serve({ graphs: [pair] });
