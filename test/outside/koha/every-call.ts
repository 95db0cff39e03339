import { ore } from '../../../src/base/money.ts'
import { elsasCredit, elsasDebit, type KohaForTests } from './koha-for-tests.ts'

/** Makes every call that the client knows, some in two ways. */
export async function callEverything({ koha }: KohaForTests): Promise<void> {
  await koha.tryOut()
  await koha.findPatrons({ by: 'userid', value: 'elsa' })
  await koha.findPatrons({ by: 'cardnumber', value: '2140000001' })
  await koha.findPatrons({ by: 'email', value: 'omar@demo.kvitt.example' })
  await koha.findPatrons({ by: 'attribute', type: 'EPPN', value: 'elsa@demo.kvitt.example' })
  await koha.patron(1)
  await koha.patron(999)
  await koha.validatePassword('2140000001', 'hemligt')
  await koha.validatePassword('2140000001', 'fel')
  await koha.account(1)
  await koha.items(Array.from({ length: 500 }, (_, at) => 10_001 + at))
  await koha.libraries()
  await koha.postCredit(elsasCredit({ amount: ore(90_000) }))
  await koha.creditsWithReference(1, 'KV-7F3K-2M')
  await koha.account(1)
  await koha.postDebit(elsasDebit())
  await koha.debitsWithReference(1, 'KV-7F3K-2M-R1')
}
