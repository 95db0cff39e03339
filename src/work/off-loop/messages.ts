/** What the process sends to a thread: the name of a function with its input, and then its parts. */
export type ToThread =
  | { kind: 'run'; name: string; input: unknown }
  | { kind: 'part'; part: unknown }
  | { kind: 'no-more-parts' }

/** What a thread answers. `wants-part`: it is done with the part before. */
export type FromThread =
  | { kind: 'wants-part' }
  | { kind: 'done'; value: unknown }
  | { kind: 'failed'; error: unknown }
