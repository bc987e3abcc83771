import type { Design } from '../design.js';
import { design as linux72 } from './linux-7.2.js';

export const design: Design = {
  ...linux72,
  name: 'linux-7.3',
  date: '2026-11-15',
  description: 'Linux 7.3 as Debian ships it (7.3.4): ftrace_enabled can no longer be set to 0',
  source: 'kernel/trace/ftrace.c of Debian linux-source-7.3; ftrace_enable_sysctl()',
  features: { ...linux72.features, refusesSysctlOff: true },
  kernel: 'debian:7.3',
};
