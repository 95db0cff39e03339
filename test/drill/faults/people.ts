import type { SwitchName } from '../../../sandbox/switches/all-switches.ts'
import { formTo, signIn } from '../../../sandbox/visitor/person.ts'
import { allPay, newBrowser } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { turnOff, turnOn, until } from '../steps.ts'

/** Nobody gets in by it, and those who are in pay on. */
function atTheDoor(name: SwitchName, done: string): Fault {
  return {
    name,
    done,
    switches: [name],
    kvitt: 'Lets nobody in and says so on a page; who is signed in already pays on.',
    staff: 'a line in the log with the reason; staff who are not signed in cannot work either',
    run: async (city, crowd) => {
      await turnOn(city, name)
      const stranger = newBrowser()
      const page = await signIn(stranger, city.baseUrl, 'priya').catch(() => undefined)
      if (page && page.status < 400) throw new Error(`somebody got in: ${page.status} ${page.url}`)
      const fees = await stranger.open(`${city.baseUrl}/fees`).catch(() => undefined)
      if (fees?.url === `${city.baseUrl}/fees`) throw new Error('somebody is in')
      await turnOff(city, name)
      await allPay(city, crowd)
    },
  }
}

/** Mail and sign-in, which money does not wait for. */
export const peopleFaults: Fault[] = [
  {
    name: 'mail down',
    done: 'the mail server takes no connections while people pay',
    switches: ['mail down'],
    kvitt: 'Receipts are notices in the table and are tried again; nothing else waits for them.',
    staff: 'the payment says that its receipt has not been sent yet; the operations page counts them',
    run: async (city, crowd) => {
      const before = city.mailbox.messages().length
      await turnOn(city, 'mail down')
      await allPay(city, crowd)
      await new Promise((later) => setTimeout(later, 300))
      await turnOff(city, 'mail down')
      const all = () => city.mailbox.messages().length >= before + crowd.people.length
      // A letter whose try was under way when the time passed is due again a minute after that try.
      for (let times = 0; times < 4 && !all(); times += 1) {
        await city.passTime(600)
        await until(all, 4000)
      }
      if (!all()) throw new Error('receipts did not come')
    },
  },
  {
    name: 'mail refused',
    done: 'the mail server refuses every address',
    switches: ['mail refused'],
    kvitt: 'A refused address is not tried for ever; the payment is paid all the same.',
    staff: 'the payment says that its receipt could not be sent',
    run: async (city, crowd) => {
      await turnOn(city, 'mail refused')
      await allPay(city, crowd)
    },
  },
  atTheDoor('sign-in down', 'the identity provider is closed'),
  atTheDoor('sign-in by a stranger', 'every response is signed with a key that nobody knows'),
  atTheDoor('sign-in too old', 'every response is an hour old'),
  {
    name: 'one response, every door',
    done: 'one sign-in response is posted to every process at once, and again',
    kvitt: 'Each response counts once over all processes: a row in PostgreSQL, not a memory.',
    staff: 'a line in the log for each refused one',
    payments: 0,
    run: async (city) => {
      const browser = newBrowser()
      const people = await browser.open(`${city.baseUrl}/sign-in?to=/fees`)
      const carry = await browser.send(people, formTo(people, /\/sign-on$/), { person: 'gun' })
      const form = formTo(carry, /\/saml\/acs$/)
      const cookie = browser.cookies(city.baseUrl)
      const post = (port: number) =>
        fetch(`http://127.0.0.1:${port}/saml/acs`, {
          method: 'POST',
          redirect: 'manual',
          headers: { cookie, origin: new URL(carry.url).origin },
          body: new URLSearchParams(form.fields),
        })
      const doors = city.instances.flatMap(({ port }) => [port, port])
      const answers = await Promise.all(doors.map(post))
      const let_in = answers.filter(({ status }) => status === 303)
      if (let_in.length !== 1) throw new Error(`${let_in.length} of ${answers.length} were let in`)
      const again = await Promise.all(city.instances.map(({ port }) => post(port)))
      if (again.some(({ status }) => status === 303)) throw new Error('it was let in again')
      const session = let_in[0]?.headers.getSetCookie().map((line) => line.split(';')[0]) ?? []
      const seen = await Promise.all(
        city.instances.map(({ port }) =>
          fetch(`http://127.0.0.1:${port}/fees`, {
            headers: { cookie: session.join('; ') },
            redirect: 'manual',
          }),
        ),
      )
      const strange = seen.filter(({ status }) => status !== 200)
      if (strange.length > 0) throw new Error(`${strange.length} processes do not know the session`)
    },
  },
]
