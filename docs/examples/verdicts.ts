import { check, diff, play } from 'recwalk';
import broken from './checkout.js';
import mended from './checkout-mended.js';

const { rules, findings, tables } = await check(broken);
console.log(`${findings.length} findings`);
for (const { rule, verdict, path = [] } of rules) {
  console.log(`${rule.id}: ${verdict}`);
  for (const { stimulus, said, after } of play(tables, path))
    console.log(`  ${stimulus.says}: ${said.map(({ type }) => type)} (${after.charges} charges)`);
}

const { differences } = await diff(broken, mended);
for (const { way, says, endings } of differences.slice(0, 1)) {
  console.log(`first difference: ${[...way.map((call) => call.says), says].join(', ')}`);
  console.log(endings.map(({ parts }) => parts.join('; ')).join(' / '));
}
