/** `Omit` for each member of a union separately. */
export type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
