const ABOVE = 'clients@';

/** The name of the network of clients above the calls of a design, as `clients@linux-6.12`. */
export const clientsOf = (design: string): string => `${ABOVE}${design}`;
/** Whether the name is that of a network of clients. */
export const areClients = (name: string): boolean => name.startsWith(ABOVE);
