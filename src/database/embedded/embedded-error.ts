/**
 * Why the embedded PostgreSQL cannot run here, for the person who starts Kvitt: what is wrong and what to do about it.
 * Its message is shown as it is, without a stack.
 */
export class EmbeddedServerError extends Error {}
