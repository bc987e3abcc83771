import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { testWith } from '../export/debian.js';

/** Reads a file in place of enabled_functions, and prints each record. */
const MAIN = `#include <stdio.h>
#include <string.h>
#include "init.h"

int record_count = 3;

int record_of(const char *line)
{
	int number;

	return sscanf(line, "f%d", &number) == 1 ? number : 0;
}

int __real_open(const char *path, int flags);
int __wrap_open(const char *path, int flags)
{
	return __real_open(LINES, flags);
}

void name_direct(struct record *record, const char *symbol)
{
	snprintf(record->direct, sizeof(record->direct), "%s", symbol);
}

int main(void)
{
	struct record records[3];
	int i;

	read_records(records);
	for (i = 0; i < 3; i++)
		printf("(%ld) %s %s\\n", records[i].count, records[i].flags, records[i].direct);
}
`;

const called = testWith('/usr/bin/gcc', 'gcc libc6-dev');

called('a trampoline is read if it is called, and if it is jumped to', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'recwalk-enabled-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'main.c'), MAIN);
  const init = fileURLToPath(new URL('../../src/kernel/guest/init/', import.meta.url));
  const files = [join(folder, 'main.c'), join(init, 'enabled.c')];
  const path = `-DLINES="${join(folder, 'lines')}"`;
  execFileSync('gcc', ['-Wl,--wrap=open', path, `-I${init}`, '-o', `${folder}/read`, ...files]);
  const lines = [
    'f1 (1) R   D   \ttramp: ftrace_regs_caller+0x0/0x65 (call_direct_funcs+0x0/0x20)',
    '\tdirect-->first+0x0/0x10 [m]',
    'other (1)           ',
    'f2 (1)     D   \t',
    '\tdirect(jmp)-->second+0x0/0x10 [m]',
    'f3 (2) R I   ->ftrace_ops_list_func+0x0/0x1f0',
    '',
  ];
  writeFileSync(join(folder, 'lines'), lines.join('\n'));
  const printed = execFileSync(`${folder}/read`, { encoding: 'utf8' });
  expect(printed.trimEnd().split('\n')).toEqual([
    '(1) R.D first+0x0/0x10 [m]',
    '(1) ..D second+0x0/0x10 [m]',
    '(2) RI. -',
  ]);
});
