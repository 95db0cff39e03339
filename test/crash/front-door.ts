import { connect, createServer, type Socket } from 'node:net'

/** The address that browsers and webhooks know; behind it stands one process at a time. */
export interface FrontDoor {
  /** From now on to this port; whoever is in the door is turned away and looks again. */
  leadTo(port: number): void
  close(): Promise<void>
}

export function openFrontDoor(port: number): Promise<FrontDoor> {
  const open = new Set<Socket>()
  let target = 0
  const turnAway = () => {
    for (const socket of open) socket.destroy()
    open.clear()
  }
  const server = createServer((visitor) => {
    const inside = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [visitor, inside],
      [inside, visitor],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.once('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  return new Promise((opened, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () =>
      opened({
        leadTo: (next) => {
          target = next
          turnAway()
        },
        close: () => {
          turnAway()
          return new Promise((closed) => server.close(() => closed()))
        },
      }),
    )
  })
}
