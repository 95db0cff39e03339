import type { City } from '../city.ts'
import { allPay, payOnce } from '../crowd.ts'
import type { Fault } from '../drill.ts'

type Behaviour = Partial<City['cards']['world']['webhooks']['behaviour']>

/** Everybody pays while webhooks are sent so. */
function sent(name: string, done: string, behaviour: Behaviour, press: 'pay' | 'vanish' = 'pay'): Fault {
  return {
    name,
    done,
    run: async (city, crowd) => {
      Object.assign(city.cards.world.webhooks.behaviour, behaviour)
      await allPay(city, crowd, { press })
    },
  }
}

/** Webhooks come twice, late, forged or never; browsers do not come back. */
export const webhookFaults: Fault[] = [
  sent('nothing wrong', 'the control: all is well', {}),
  sent('webhook lost', 'no webhook is sent', { drop: 'all' }),
  sent('webhook doubled', 'each is sent 20 times at once', { copies: 20 }),
  sent('webhooks reordered', 'backwards, in both versions', { order: 'backwards', versions: 'both' }),
  sent('webhook late', 'each comes after 3 s', { delayMs: 3000 }, 'vanish'),
  sent('webhook forged', 'with a wrong secret', { proof: 'wrong' }),
  sent('webhook unsigned', 'without any proof', { proof: 'none' }),
  sent(
    'webhook odd',
    'numbers as strings, unknown keys',
    { numbersAsStrings: true, extraKeys: true },
    'vanish',
  ),
  sent('browser never returns', 'paid, and the window closed', {}, 'vanish'),
  sent('both lost', 'no webhook, no return', { drop: 'all' }, 'vanish'),
  {
    name: 'webhook lies',
    payments: 1,
    done: 'an event with the right secret says paid, the provider says open',
    run: async (city, crowd) => {
      const [payer] = crowd.people
      if (!payer) return
      await payOnce(city, payer, {
        press: 'cancel',
        meanwhile: async () => {
          const [payment] = [...city.cards.world.payments.values()].slice(-1)
          const target = payment?.targets[0]
          if (!payment || !target) return
          const event = {
            id: payment.id,
            event: 'payment.charge.created.v2',
            data: { paymentId: payment.id, chargeId: payment.id },
          }
          await fetch(target.url, {
            method: 'POST',
            headers: { authorization: target.authorization },
            body: JSON.stringify(event),
          })
        },
      })
    },
  },
]
