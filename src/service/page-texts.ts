import { audit } from '../areas/audit/pages/texts.ts'
import { check } from '../areas/borrower/pages/texts/check.ts'
import { fees } from '../areas/borrower/pages/texts/fees.ts'
import { payment } from '../areas/borrower/pages/texts/payment.ts'
import { payments } from '../areas/borrower/pages/texts/payments.ts'
import { receipt } from '../areas/borrower/pages/texts/receipt.ts'
import { welcome } from '../areas/borrower/pages/texts/welcome.ts'
import { desk } from '../areas/desk/pages/texts.ts'
import { economy } from '../areas/economy-office/pages/texts/economy.ts'
import { journals } from '../areas/exports/pages/texts.ts'
import { operations } from '../areas/operations/pages/texts.ts'
import { sessions } from '../areas/people/pages/texts/sessions.ts'
import { signIn } from '../areas/people/pages/texts/sign-in.ts'
import { common } from '../web/texts/common.ts'
import { createTexts } from '../web/texts/texts.ts'

/** All texts that templates read: one line for each area. */
export const pageTexts = createTexts([
  { common },
  { audit },
  { signIn, sessions },
  { exports: journals },
  { operations },
  { desk },
  { welcome, fees, check, payment, receipt, payments },
  { economy },
])
