import { connect, createServer, type Socket } from 'node:net'

export interface RoundRobin {
  stop(): Promise<void>
}

/**
 * Stands in front of the instances as a university's load balancer does: each new connection goes to the next of them,
 * and past those that do not answer.
 */
export function startRoundRobin(port: number, targets: number[]): Promise<RoundRobin> {
  const open = new Set<Socket>()
  let turn = 0

  const forward = (client: Socket, tries: number) => {
    const target = targets[turn % targets.length] ?? 0
    turn += 1
    const server = connect(target, '127.0.0.1')
    open.add(server)
    server.once('connect', () => {
      client.pipe(server)
      server.pipe(client)
      client.once('close', () => server.destroy())
    })
    server.once('close', () => {
      open.delete(server)
      client.end()
    })
    server.once('error', () => {
      if (server.bytesWritten === 0 && tries > 1) forward(client, tries - 1)
      else client.destroy()
    })
  }
  const front = createServer({ pauseOnConnect: false }, (client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.once('close', () => open.delete(client))
    forward(client, targets.length)
  })
  return new Promise((done, failed) => {
    front.once('error', failed)
    front.listen(port, '127.0.0.1', () =>
      done({
        stop: () => {
          for (const socket of open) socket.destroy()
          return new Promise((closed) => front.close(() => closed()))
        },
      }),
    )
  })
}
