import type { Design } from '../design.js';
import { design as linux70 } from './linux-7.0.js';

export const design: Design = {
  ...linux70,
  name: 'linux-7.2',
  date: '2026-11-04',
  description: 'Linux 7.2 as Debian ships it (7.2.12): the calls of 7.0',
  kernel: 'debian:7.2',
};
