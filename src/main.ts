import { createProgram } from './service/commands/program.ts'

await createProgram().parseAsync()
