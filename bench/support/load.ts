import { connect, type Socket } from 'node:net'

/**
 * Sends prepared requests over keep-alive connections, the next on each as soon as the last is answered, and answers how
 * many a second were answered 200. Raw sockets: the client must not cost more than the server.
 */
export async function requestsPerSecond(
  target: { host: string; port: number },
  connections: number,
  seconds: number,
  nextRequest: () => Buffer,
): Promise<number> {
  const end = performance.now() + seconds * 1000
  const count = { ok: 0, other: 0 }
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, () => keepAsking(target, end, nextRequest, count)))
  if (count.other > 0) throw new Error(`${count.other} requests were not answered 200`)
  return count.ok / ((performance.now() - start) / 1000)
}

function keepAsking(
  { host, port }: { host: string; port: number },
  end: number,
  nextRequest: () => Buffer,
  count: { ok: number; other: number },
): Promise<void> {
  return new Promise((done, failed) => {
    const socket: Socket = connect(port, host)
    socket.setNoDelay(true)
    let received = Buffer.alloc(0)
    const ask = () => {
      if (performance.now() >= end) {
        socket.end()
        done()
      } else socket.write(nextRequest())
    }
    socket.on('connect', ask)
    socket.on('error', failed)
    socket.on('data', (part) => {
      received = received.length === 0 ? part : Buffer.concat([received, part])
      const length = answerLength(received)
      if (length === undefined || received.length < length) return
      if (received.subarray(9, 12).toString('latin1') === '200') count.ok += 1
      else count.other += 1
      received = Buffer.alloc(0)
      ask()
    })
  })
}

/** The length of a whole answer with Content-Length; undefined while the head is not complete. */
function answerLength(received: Buffer): number | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const length = /content-length: (\d+)/i.exec(received.subarray(0, headEnd).toString('latin1'))?.[1]
  return headEnd + 4 + Number(length ?? 0)
}
