export { commands, setup, type WalkOptions } from './commands.js';
export { sampled } from './sampled.js';
export type { System } from './system.js';
export type { Walk } from './walk.js';
