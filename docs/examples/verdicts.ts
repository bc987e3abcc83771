import { check, diff, play } from 'recwalk';
import broken from './checkout.js';
import fixed from './checkout-fixed.js';

const { rules, findings, compiled } = await check(broken);
console.log(`${findings.length} findings`);
for (const { rule, verdict, path = [] } of rules) {
  console.log(`${rule.id}: ${verdict}`);
  for (const { stimulus, emitted, after } of play(compiled, path))
    console.log(
      `  ${stimulus.description}: ${emitted.map(({ type }) => type)} (${after.charges} charges)`,
    );
}

const { differences } = await diff(broken, fixed);
for (const { path, description, results } of differences.slice(0, 1)) {
  console.log(
    `first difference: ${[...path.map((call) => call.description), description].join(', ')}`,
  );
  console.log(results.map(({ parts }) => parts.join('; ')).join(' / '));
}
