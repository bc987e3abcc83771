/** `npm run counts` compares the counts with those in the repository; with `-- --write` it writes them there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { clients } from './clientNetworks.js';
import { countsOf } from './countsOf.js';
import { type Counted, clientCounts, counts } from './golden.js';
import { network } from './networks.js';

const writes = process.argv.includes('--write');
let changed = 0;

async function recount(
  file: string,
  known: Readonly<Record<string, Readonly<Record<string, Counted>>>>,
  count: (design: string, scope: string) => Promise<Counted>,
): Promise<void> {
  const path = new URL(`../${file}`, import.meta.url);
  const found: Record<string, Record<string, Counted>> = {};
  for (const [design, scopes] of Object.entries(known)) {
    found[design] = {};
    for (const scope of Object.keys(scopes)) {
      process.stderr.write(`${file}: ${design}, scope ${scope}\n`);
      found[design][scope] = await count(design, scope);
    }
  }
  const text = `${JSON.stringify(found, null, 2)}\n`;
  if (text === readFileSync(path, 'utf8')) return;
  changed++;
  process.stdout.write(`${file} ${writes ? 'is written' : 'differs; npm run counts -- --write'}\n`);
  if (writes) writeFileSync(path, text);
}

/** In the form of the files: no findings if there are none. */
const brief = async (made: ReturnType<typeof countsOf>): Promise<Counted> => {
  const { check: _, findings, ...rest } = await made;
  return Object.keys(findings).length === 0 ? rest : { ...rest, findings };
};

await recount('counts.json', counts, async (...of) => brief(countsOf(await network(...of))));
await recount('clientCounts.json', clientCounts, async (...of) =>
  brief(countsOf(await clients(...of))),
);
process.exitCode = changed > 0 && !writes ? 1 : 0;
