/** A part of a longer text. Paragraphs are plain text; a list is one paragraph a line. */
export interface Section {
  heading: string
  paragraphs: (string | string[])[]
  link?: { label: string; href: string }
}

export interface Statement {
  title: string
  sections: Section[]
}

/** What the longer texts say about this installation, in the text's language. */
export interface Facts {
  library: string
  university: string
  organisationNumber: string
  address: string | undefined
  email: string
  phone: string | undefined
  website: string
  /** The payment company. */
  company: string
  sessionMinutes: number
  /** How long things are kept, as in the settings. */
  titlesMonths: number
  abandonedMonths: number
  paymentYears: number
}
