/**
 * What library payment systems have been seen to get wrong, as things that ours is tried on. Each fault of the drill
 * says which of them it shows; a test holds that none is left out.
 */
export const checks = {
  'stored before it is acknowledged':
    'a webhook is answered "ok" only when it is on disk, and the work is done after that from our own table',
  'many times is once': 'the same webhook ten times at once makes one credit',
  'money wins': '"failed" after "paid" changes nothing, and "paid" after "failed" or "cancelled" is acted on',
  'asked before it is given up':
    'when neither browser nor webhook comes, the provider is asked before anything is called expired',
  'a lost answer is found':
    'when Koha books and its answer is lost, our reference is looked for before a repeat',
  'the rest is completed':
    'when Koha dies between two of five debts, the rest is credited and the first are not credited again',
  'only the chosen debts':
    'a debt that is part-paid, waived or gone gets no more than is left of it, no other debt gets it, the rest is given back',
  "nobody else's debts": "a payment of another borrower's debts is refused by the server",
  'exactly that many öre':
    'every sum goes out as so many öre, the lines add up to it, and it is what is compared',
  'another sum stops': 'a sum other than ours stops the payment and tells a person',
  'no proof is wrong proof': 'a webhook without proof is refused exactly like one with a wrong proof',
  'unknown is not failed':
    "a provider that cannot be reached is 'unknown', which neither fails nor ends a payment",
  'unknown at the start': 'a time-out when a payment is started is not a cancelled payment',
  'a row before the call':
    'the row exists before the provider is called, and a crash in between leaves nothing that can be paid',
  'one payable payment': 'two tabs, two devices, a double click: one payable payment for a debt at a time',
  'no password is needed': "what is paid reaches Koha without the borrower's session or password",
  'the books outlive the person': 'a borrower who is deleted or forgotten leaves payments and books whole',
  'no code, no payment':
    'a debt that cannot be coded is not paid, not guessed, and not silently left out of a sum',
  'by hand needs a reason': "a person's 'resolved' needs a reason, and is an entry",
  'exported once': 'a file that was not made marks nothing as exported, and what is made is made once',
  'tries are tries': 'tries are counted when something is tried, and giving up tells a person',
} as const

export type Check = keyof typeof checks
