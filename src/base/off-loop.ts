/** What another thread can run: a function of an input and, for what is long, of parts that come one after the other. */
type ThreadFunction = (input: never, parts: AsyncIterable<never>) => Promise<unknown>

/** A function that another thread runs. It is named by its module, because a function cannot be sent to a thread. */
export interface OffLoopFunction<Run extends ThreadFunction> {
  /** The module's address. */
  module: string
  /** The function's name among the module's exports. */
  name: string
  /** Never there: it keeps the type. */
  run?: Run
}

/** What comes back from another thread: the same values, copied; a Buffer arrives as the bytes that it is. */
export type Copied<Value> = Value extends Uint8Array
  ? Uint8Array
  : Value extends Date | string | number | boolean | null | undefined
    ? Value
    : { [Key in keyof Value]: Copied<Value[Key]> }

/** Runs what would block the event loop in another thread, while requests are answered here. */
export interface OffLoop {
  /**
   * Returns what the function returns. Its input and its parts are copied: plain data, no functions. Throws what the
   * function or the reading of the parts throws, and when the thread gives no sign of life for the time limit.
   */
  run<Run extends ThreadFunction>(
    run: OffLoopFunction<Run>,
    input: Parameters<Run>[0],
    parts?: Parameters<Run>[1],
  ): Promise<Copied<Awaited<ReturnType<Run>>>>
}

/**
 * Returns the name of a function for another thread. The module is imported as a type alone:
 * `offLoopFunction<typeof drawing, 'receiptPdf'>(new URL('./receipt-pdf.ts', import.meta.url), 'receiptPdf')`.
 */
export function offLoopFunction<
  Module extends Record<Name, ThreadFunction>,
  Name extends keyof Module & string,
>(module: URL, name: Name): OffLoopFunction<Module[Name]> {
  return { module: module.href, name }
}
