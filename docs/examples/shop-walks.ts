import fc from 'fast-check';
import { commands, setup } from 'recwalk/fast-check';
import mended from './checkout-mended.js';
import { shop } from './shop.js';

const careless = shop(true);
const walks = commands(mended, careless);
const start = setup(mended, careless);

const walk = fc.asyncProperty(walks, (calls) => fc.asyncModelRun(start, calls));
await fc
  .assert(walk, { seed: 3 })
  .catch(({ message, cause }) => console.log(`${message}\n${cause.message}`));
