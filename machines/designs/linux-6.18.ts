import type { Design } from '../design.js';
import { design as linux612 } from './linux-6.12.js';

export const design: Design = {
  name: 'linux-6.18',
  date: '2025-11-30',
  description: 'Linux 6.18: the calls of 6.12, whose stable releases have the fixes of 6.18',
  source: 'commits 56b3c85e153b, 3e9a18e1c3e9 (November 2025)',
  features: linux612.features,
  breaks: linux612.breaks,
};
