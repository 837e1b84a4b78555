/** Writes what of the documentation is made of something else: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../helpers/built.js';
import { made, MAKERS } from './generated.ts';

for (const path of Object.keys(MAKERS)) writeFileSync(join(ROOT, path), await made(path, ROOT));
