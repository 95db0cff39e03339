import type { Express } from 'express'

export interface FoundRoute {
  method: string
  /** As it was declared: `/payments/:reference`. */
  path: string
}

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

/** Every route of an application, by walking its router and those inside it. Routers here are mounted at the root. */
export function routesOf(app: Express): FoundRoute[] {
  const walk = (layers: Layer[]): FoundRoute[] =>
    layers.flatMap(({ route, handle }) => {
      if (!route) return handle.stack ? walk(handle.stack) : []
      const paths = Array.isArray(route.path) ? route.path : [route.path]
      const methods = Object.keys(route.methods).filter((method) => route.methods[method])
      return paths.flatMap((path) => methods.map((method) => ({ method: method.toUpperCase(), path })))
    })
  return walk((app.router as unknown as { stack: Layer[] }).stack)
}

/** An address of a route with something plausible in each place. */
export function addressOf(path: string, values: Record<string, string> = {}): string {
  const usual: Record<string, string> = {
    reference: 'KV-0000-0000-00',
    number: '1',
    format: 'csv',
    id: '101',
    name: 'kvitt.css',
  }
  return path.replace(/:(\w+)/g, (_whole, name: string) => values[name] ?? usual[name] ?? 'x')
}
