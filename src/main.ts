import { createProgram } from './command-line/program.ts'

await createProgram().parseAsync()
