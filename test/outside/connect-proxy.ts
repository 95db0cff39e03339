import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface ConnectProxy {
  url: string
  /** What it was asked for, each as "CONNECT host:port authorization", or a plain request as "GET http://…". */
  asked: string[]
  /** Answers each CONNECT with this status and no tunnel, until it is 200 again. */
  status: number
  stop(): Promise<void>
}

/** A proxy of the kind that stands at the edge of a network: tunnels whatever host is named to one port of this machine. */
export async function connectProxy(port: () => number): Promise<ConnectProxy> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    proxy.asked.push(`${request.method} ${request.url}`)
    response.writeHead(502).end()
  })
  server.on('connect', (request, socket: Socket) => {
    const { 'proxy-authorization': authorization } = request.headers
    proxy.asked.push(['CONNECT', request.url, authorization].filter(Boolean).join(' '))
    sockets.add(socket)
    if (proxy.status !== 200) {
      socket.end(`HTTP/1.1 ${proxy.status} No\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const onward = connect(port(), '127.0.0.1')
    sockets.add(onward)
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
    onward.on('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    status: 200,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return proxy
}
