import { toKronor } from '../lines.ts'
import type { Row } from '../query.ts'
import { linesOf, type Patron, type Tables } from '../tables.ts'

const blank = [
  'address',
  'address2',
  'altaddress_address',
  'altaddress_address2',
  'altaddress_city',
  'altaddress_country',
  'altaddress_email',
  'altaddress_notes',
  'altaddress_phone',
  'altaddress_postal_code',
  'altaddress_state',
  'altaddress_street_number',
  'altaddress_street_type',
  'altcontact_address',
  'altcontact_address2',
  'altcontact_city',
  'altcontact_country',
  'altcontact_firstname',
  'altcontact_phone',
  'altcontact_postal_code',
  'altcontact_state',
  'altcontact_surname',
  'city',
  'country',
  'date_of_birth',
  'fax',
  'gender',
  'initials',
  'last_seen',
  'mobile',
  'opac_notes',
  'other_name',
  'phone',
  'postal_code',
  'relationship_type',
  'secondary_email',
  'secondary_phone',
  'sms_number',
  'sms_provider_id',
  'staff_notes',
  'state',
  'statistics_1',
  'statistics_2',
  'street_number',
  'street_type',
  'title',
]

/** Columns that may be searched as query parameters: the 67 of the contract. */
export const patronFilters = [
  ...blank,
  'autorenew_checkouts',
  'cardnumber',
  'category_id',
  'check_previous_checkout',
  'date_enrolled',
  'email',
  'expiry_date',
  'firstname',
  'incorrect_address',
  'lang',
  'library_id',
  'login_attempts',
  'patron_card_lost',
  'patron_id',
  'privacy',
  'privacy_guarantor_checkouts',
  'protected',
  'restricted',
  'surname',
  'updated_on',
  'userid',
]

/** A patron as Koha shows one; most of its columns are empty here. */
export function patronJson(patron: Patron): Row {
  return {
    ...Object.fromEntries(blank.map((name) => [name, null])),
    anonymized: false,
    autorenew_checkouts: true,
    cardnumber: patron.cardnumber,
    category_id: patron.categoryId,
    check_previous_checkout: 'inherit',
    date_enrolled: '2024-09-02',
    date_renewed: null,
    email: patron.email,
    expiry_date: patron.expiresOn,
    firstname: patron.firstname,
    incorrect_address: false,
    lang: patron.lang,
    library_id: patron.libraryId,
    login_attempts: 0,
    middle_name: null,
    overdrive_auth_token: null,
    patron_card_lost: false,
    patron_id: patron.id,
    preferred_name: patron.preferredName ?? patron.firstname,
    privacy: 1,
    privacy_guarantor_checkouts: 0,
    privacy_guarantor_fines: false,
    pronouns: null,
    protected: false,
    restricted: patron.restrictions.length > 0,
    surname: patron.surname,
    updated_on: '2025-09-01T08:00:00+02:00',
    userid: patron.userid,
  }
}

export function attributesJson(patron: Patron): Row[] {
  return patron.attributes.map(({ id, type, value }) => ({ extended_attribute_id: id, type, value }))
}

/** What x-koha-embed adds to a patron. */
export function embedded(patron: Patron, embed: string[], tables: Tables): Row {
  const balance = linesOf(tables, patron.id).reduce((total, line) => total + toKronor(line.outstanding), 0)
  const library = tables.libraries.get(patron.libraryId)
  const parts: Row = {
    extended_attributes: attributesJson(patron),
    account_balance: balance,
    'checkouts+count': 0,
    'overdues+count': 0,
    library: library ? { library_id: library.id, name: library.name } : null,
  }
  const chosen = embed.filter((name) => Object.hasOwn(parts, name))
  return Object.fromEntries(chosen.map((name) => [name.replace('+', '_'), parts[name]]))
}
