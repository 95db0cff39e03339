import { Command } from 'commander'
import { auditVerify, type KnownHeads } from './audit.ts'
import { check } from './check.ts'
import { example } from './example.ts'
import { runJob } from './run-job.ts'
import { serve } from './serve.ts'
import { type EndOptions, sessionsEnd } from './sessions.ts'

/** Returns the commands of `kvitt`. Each is a file beside this one. */
export function createProgram(): Command {
  const program = new Command('kvitt')
    .description('Library borrowers pay what they owe in Koha and are quits everywhere.')
    .option('-c, --config <file>', 'the configuration', process.env.KVITT_CONFIG ?? 'kvitt.yaml')
  const file = () => program.opts<{ config: string }>().config

  program
    .command('serve', { isDefault: true })
    .description('start the service')
    .action(() => serve(file()))
  program
    .command('check')
    .description(
      'say what is wrong with the configuration, and try Koha, the identity provider, the payment companies and mail',
    )
    .option('--show', 'print the settings in force, secrets masked')
    .action((options: { show?: boolean }) => check(file(), options.show ?? false))
  program
    .command('example')
    .description('print an example of the configuration, which explains every setting')
    .action(example)
  program
    .command('job')
    .argument('<name>', 'the task')
    .description('run one task of the timetable now')
    .action((name: string) => runJob(file(), name))
  program
    .command('audit')
    .description('the audit trail')
    .command('verify')
    .description('say whether the audit trail is what was written, and print its newest hash')
    .option('--head <number:hash>', 'a newest hash that was printed before: is it still there?')
    .option(
      '--log <file>',
      'a log of Kvitt, as it was kept elsewhere: are all the hashes in it still there? - reads standard input',
    )
    .action((options: KnownHeads) => auditVerify(file(), options))
  program
    .command('sessions')
    .description('who is signed in')
    .command('end')
    .description("end somebody's sessions, or everybody's, at every instance at once")
    .option('--person <id>', "the identity as the university gives it, or koha: and Koha's patron number")
    .option('--everybody', 'all of them')
    .requiredOption('--reason <text>', 'why; it is kept in the audit trail')
    .action((options: EndOptions) => sessionsEnd(file(), options))
  return program
}
