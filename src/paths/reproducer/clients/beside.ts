import type { StoryFile } from '../folder.js';
import { patchModule } from './patch.js';
import { probesModule } from './probes.js';
import { ATTACH, programSource } from './programs.js';
import { SAMPLE } from './sample.js';
import { actorsIn, type ClientStory, isProbe, isProgram } from './story.js';

const file = (name: string, text: string): StoryFile => ({ name, text });

/** The sources that the stories of a folder need: kernel modules, BPF programs, and a tool that attaches these. */
export function beside(told: readonly ClientStory[]): readonly StoryFile[] {
  const actors = actorsIn(told);
  const programs = actors.filter(isProgram);
  const modules = [
    ...(actors.includes('livepatch') ? [file('patch.c', patchModule(told[0]!.patched))] : []),
    ...(actors.some(isProbe) ? [file('probes.c', probesModule(actors))] : []),
    ...(actors.includes('sample') ? [file('sample.c', SAMPLE)] : []),
  ];
  if (modules.length + programs.length === 0) return [];
  return [
    ...modules,
    ...programs.map((name) => file(`${name}.bpf.c`, programSource(name))),
    ...(programs.length > 0 ? [file('attach.c', ATTACH)] : []),
    file('Makefile', makefile(modules, programs)),
  ];
}

/** The files that `make` builds for a story. */
export const builtFor = ({ actors }: ClientStory): readonly string[] => [
  ...(actors.includes('livepatch') ? ['patch.ko'] : []),
  ...(actors.some(isProbe) ? ['probes.ko'] : []),
  ...(actors.includes('sample') ? ['sample.ko'] : []),
  ...actors.filter(isProgram).map((name) => `${name}.bpf.o`),
  ...(actors.some(isProgram) ? ['attach'] : []),
];

function makefile(modules: readonly StoryFile[], programs: readonly string[]): string {
  const objects = modules.map(({ name }) => name.replace(/c$/, 'o'));
  const all = [
    ...(modules.length > 0 ? ['modules'] : []),
    ...programs.map((name) => `${name}.bpf.o`),
    ...(programs.length > 0 ? ['attach'] : []),
  ];
  const forPrograms = `
%.bpf.o: %.bpf.c
	clang -target bpf -O2 -g -c $< -o $@

attach: attach.c
	$(CC) -O2 -o $@ $< -lbpf
`;
  const forModules = `
modules:
	$(MAKE) -C $(KDIR) M=$(CURDIR) $@
`;
  return `# SPDX-License-Identifier: MIT OR GPL-2.0
ifneq ($(KERNELRELEASE),)
obj-m := ${objects.join(' ')}
else
KDIR ?= /lib/modules/$(shell uname -r)/build

all: ${all.join(' ')}
${programs.length > 0 ? forPrograms : ''}${modules.length > 0 ? forModules : ''}endif
`;
}
