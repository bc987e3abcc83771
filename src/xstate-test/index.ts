export { type AllTransitionsOptions, allTransitions } from './allTransitions.js';
