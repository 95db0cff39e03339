import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { productCommand } from '../../../sandbox/product-command.ts'
import { formTo } from '../../../sandbox/visitor/person.ts'
import type { City } from '../city.ts'
import { allPay, clerk } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { untilQuiet, wait } from '../steps.ts'

/** What the economy office does, cut off in the middle; what the years do. */
export const officeFaults: Fault[] = [
  {
    name: 'killed while a batch is made',
    done: 'Eva makes a batch for the economy system, and every process gets SIGKILL in the middle; then it is made again',
    kvitt: 'A batch is one commit: number, lines and file, or nothing. The next number follows the last.',
    staff: 'the page of the next batch shows again what was not made',
    checks: ['exported once'],
    run: async (city, crowd, since) => {
      await allPay(city, crowd)
      await untilQuiet(city, since)
      for (const delay of [8]) {
        const making = makeBatch(city).catch(() => undefined)
        await wait(delay)
        for (const instance of city.instances) instance.signal('SIGKILL')
        await Promise.all(city.instances.map((instance) => instance.ended()))
        await making
        await Promise.all(city.instances.map((instance) => instance.start()))
      }
      // The page of the next one says when somebody was faster, and is looked at again.
      for (let tries = 0; tries < 3; tries += 1) await makeBatch(city).catch(() => undefined)
    },
    after: wholeBatches,
  },
  {
    name: 'forgotten after ten years',
    done: 'all clocks go ten years ahead, the retention job runs, and everything is compared again',
    kvitt: 'Whose a payment was is removed; sums, references, lines and the journal stay.',
    staff: 'payments without a patron',
    checks: ['the books outlive the person'],
    run: async (city, crowd, since) => {
      await allPay(city, crowd)
      await untilQuiet(city, since)
      await forget(city, 10)
    },
    after: async (city, since) => {
      const rows = await city.sql<{ patron_id: string }>('select patron_id from payment where id > $1', [
        since,
      ])
      return rows.every((row) => Number(row.patron_id) === 0) ? [] : ['somebody is still remembered']
    },
  },
]

async function makeBatch(city: City): Promise<void> {
  const eva = await clerk(city)
  const page = await eva.open(`${city.baseUrl}/economy/batches/next`)
  await eva.send(page, formTo(page, /\/economy\/batches$/))
}

/** Every posting is in one batch or in none, the numbers have no gaps, and nothing is left that a batch could take. */
async function wholeBatches(city: City): Promise<string[]> {
  const [row] = await city.sql<{ gaps: string; twice: string; left: string }>(
    `select (select coalesce(max(number), 0) - count(*) from batch) as gaps,
            (select count(*) from (select posting_id from batch_posting group by posting_id having count(*) > 1) more) as twice,
            (select count(*) from posting where not exists (select 1 from batch_posting where posting_id = posting.id)) as left`,
  )
  return [
    Number(row?.gaps) === 0 ? '' : `${row?.gaps} numbers are missing`,
    Number(row?.twice) === 0 ? '' : `${row?.twice} postings are in two batches`,
    Number(row?.left) === 0 ? '' : `${row?.left} postings are in none`,
  ].filter((text) => text !== '')
}

/** The retention job, in a process of its own whose clock is so many years ahead. */
async function forget(city: City, years: number): Promise<void> {
  const [first] = city.instances
  if (!first) return
  const { program, parameters } = productCommand(first.settings())
  const main = parameters.findIndex((one) => one.endsWith('main.ts'))
  const command = parameters.toSpliced(main + 1, 0, 'job', 'forget-personal-data')
  const ahead = city.passed() * 1000 + years * 366 * 24 * 3_600_000
  const preload = fileURLToPath(new URL('../ahead.ts', import.meta.url))
  const child = spawn(program, ['--import', preload, ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DRILL_AHEAD_MS: String(ahead) },
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the retention job ended with ${code}`)
}
