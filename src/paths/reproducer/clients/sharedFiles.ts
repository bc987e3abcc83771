import type { ReproducerFile } from '../../../../machines/clients/reproducer.js';
import { ATTACH } from './attach.js';
import { type ClientActors, type ClientStory, clientsIn } from './story.js';

const modulesOf = (clients: readonly ClientActors[], scope: ClientStory['scope']) =>
  clients.flatMap(({ reproducer, actors }) => reproducer.modules?.(actors, scope) ?? []);
const programsOf = (clients: readonly ClientActors[]) =>
  clients.flatMap(({ reproducer, actors }) => reproducer.programs?.(actors) ?? []);

/** The sources that the stories of a folder need: kernel modules, BPF programs, and a tool that attaches these. */
export function sharedFiles(stories: readonly ClientStory[]): readonly ReproducerFile[] {
  const clients = clientsIn(stories);
  const modules = modulesOf(clients, stories[0]!.scope);
  const programs = programsOf(clients);
  if (modules.length + programs.length === 0) return [];
  return [
    ...modules,
    ...programs,
    ...(programs.length > 0 ? [{ name: 'attach.c', text: ATTACH }] : []),
    { name: 'Makefile', text: makefile(modules, programs) },
  ];
}

/** The files that `make` builds for a story. */
export const builtFor = ({ clients, scope }: ClientStory): readonly string[] => {
  const programs = programsOf(clients);
  return [
    ...modulesOf(clients, scope).map(({ name }) => name.replace(/c$/, 'ko')),
    ...programs.map(object),
    ...(programs.length > 0 ? ['attach'] : []),
  ];
};

const object = ({ name }: ReproducerFile) => name.replace(/c$/, 'o');

function makefile(modules: readonly ReproducerFile[], programs: readonly ReproducerFile[]): string {
  const all = [
    ...(modules.length > 0 ? ['modules'] : []),
    ...programs.map(object),
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
obj-m := ${modules.map(object).join(' ')}
else
KDIR ?= /lib/modules/$(shell uname -r)/build

all: ${all.join(' ')}
${programs.length > 0 ? forPrograms : ''}${modules.length > 0 ? forModules : ''}endif
`;
}
