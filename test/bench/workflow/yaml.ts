/** The YAML library alone. */
import { parse } from 'yaml';
import { contender, verify } from '../harness/contender.ts';
import { workflowText } from './data.ts';

const text = workflowText(20);

contender({
  'load 20': async (units) => {
    for (let i = 0; i < units; i++) verify(Object.keys(parse(text) as object).length, 2, 'the number of names');
  },
});
