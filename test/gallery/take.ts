/** Takes the reference pictures anew: `npm run pictures`. Look at each that has changed before it is committed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDER, photographer, PICTURES } from './pictures.ts';

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const camera = await photographer();
let bytes = 0;
for (const picture of PICTURES) {
  const taken = await camera.take(picture);
  bytes += taken.length;
  writeFileSync(join(FOLDER, `${picture.name}.png`), taken);
}
await camera.close();
writeFileSync(join(FOLDER, 'maker.json'), `${JSON.stringify(camera.maker, undefined, 2)}\n`);
console.log(`${PICTURES.length} pictures, ${Math.ceil(bytes / 1000)} kB, by ${camera.maker.engine}.`);
