import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Where any port will do: below those that the system gives to outgoing connections (from 32768 on Linux), or one of
 * these may take it before we listen.
 */
const ANY = { first: 12_000, last: 32_000 }

/** The wished port when it is free, otherwise any free one: a second demo beside the first simply gets other addresses. */
export async function freePort(wished: number): Promise<number> {
  for (let port = wished || anyPort(); ; port = anyPort()) if (await isFree(port)) return port
}

function anyPort(): number {
  return randomInt(ANY.first, ANY.last)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}
