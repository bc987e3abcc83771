export const id = 'panel';
