import fc from 'fast-check';
import { commands, setup } from 'recwalk/fast-check';
import fixed from './checkout-fixed.js';
import { shop } from './shop.js';

const careless = shop(true);
const walks = commands(fixed, careless);
const start = setup(fixed, careless);

const walk = fc.asyncProperty(walks, (calls) => fc.asyncModelRun(start, calls));
await fc
  .assert(walk, { seed: 3 })
  .catch(({ message, cause }) => console.log(`${message}\n${cause.message}`));
