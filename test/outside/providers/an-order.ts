import { type Ore, ore } from '../../../src/base/money.ts'
import type { Order } from '../../../src/outside/ports/provider.ts'

/** An order of the given lines, for rules that only look. */
export function anOrder(
  lines: { reference: string; name: string; amount: Ore }[],
  more: Partial<Order> = {},
): Order {
  return {
    reference: 'KV-26-0417',
    lines,
    total: ore(lines.reduce((sum, { amount }) => sum + amount, 0)),
    currency: 'SEK',
    language: 'sv',
    returnUrl: 'https://avgifter.example/betalning/1',
    cancelUrl: 'https://avgifter.example/betalning/1?avbruten=1',
    termsUrl: 'https://avgifter.example/villkor',
    webhookUrl: 'https://avgifter.example/webhooks/nets-easy',
    publicDevice: false,
    expiresAt: '2026-11-21T12:30:00.000Z',
    ...more,
  }
}
